import { usePage } from '../store/page-store.tsx';

/** Says that the server is gone; nothing while all is well. */
export function ConnectionBar() {
  const { connection } = usePage();
  return (
    <div className="connection" role="status">
      {connection === 'lost' && 'The playground does not answer. Trying again… (is npm start still running?)'}
    </div>
  );
}
