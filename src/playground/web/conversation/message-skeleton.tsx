/** Grey bars in the shape of messages while the history loads. */
export function MessageSkeleton() {
  return (
    <div className="skeleton" role="status" aria-label="Loading messages">
      {[62, 84, 46].map((width) => (
        <div key={width} className="skeleton__row">
          <span className="skeleton__avatar" />
          <span className="skeleton__line" style={{ width: `${width / 2}%` }} />
          <span className="skeleton__line" style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  );
}
