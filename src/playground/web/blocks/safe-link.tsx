import type { ReactNode } from 'react';

type Props = { readonly href: string; readonly className?: string; readonly children: ReactNode };

/** A link to the web or to this server's files; anything else (`javascript:`, `data:`) stays text. */
export function SafeLink({ href, className = 'link', children }: Props) {
  if (!isWebLink(href)) return <span>{children}</span>;
  return (
    <a className={className} href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

/** Whether a link leads to the web or to this server. */
export function isWebLink(href: string): boolean {
  const url = URL.parse(href, window.location.origin);
  return url !== null && ['http:', 'https:', 'mailto:'].includes(url.protocol);
}
