import { usePage } from '../store/page-store.tsx';

/** Says that the server is gone; otherwise nothing. */
export function ConnectionBar() {
  const { connection } = usePage();
  return (
    <div className="connection" role="status">
      {connection === 'lost' && 'The playground does not answer. Trying again… (is npm start still running?)'}
    </div>
  );
}
