import type { PartStatus } from '../../../core/conversation/status.ts';

const names: Record<PartStatus['part'], string> = {
  slack: 'Slack',
  store: 'Store',
  model: 'Model',
  embeddings: 'Embeddings',
  data: 'Data',
  alerts: 'Alerts',
};

/** Each part of the product: what it uses, and how to connect something else. */
export function PartList({ parts }: { readonly parts: readonly PartStatus[] }) {
  return (
    <dl className="parts">
      {parts.map((part) => (
        <div key={part.part} className="parts__row">
          <dt>
            <Dot part={part} />
            {names[part.part]}
          </dt>
          <dd>
            {part.using}
            {part.change && <small>{withCode(part.change)}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Green: works. Hollow: not in use. Amber: does not work. */
function Dot({ part: { ok, using } }: { readonly part: PartStatus }) {
  const [look, label] = !ok ? ['off', 'Not ready'] : using.startsWith('none') ? ['none', 'None'] : ['ok', 'Ready'];
  return <span className={`dot dot--${look}`} role="img" aria-label={label} />;
}

/** Names of environment variables in monospace. */
function withCode(text: string) {
  return text
    .split(/([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)/)
    .map((piece, index) => (index % 2 === 1 ? <code key={piece}>{piece}</code> : piece));
}
