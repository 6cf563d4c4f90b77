import type { PageFile } from '../../page-api.ts';
import { asPerson } from '../api/playground-client.ts';
import { useWorkspace } from '../store/page-store.tsx';
import { formatBytes } from '../text/format-bytes.ts';
import { Icon } from '../ui/icon.tsx';

/** A file of a message: an image, or a card with a download link. */
export function FileCard({ file }: { readonly file: PageFile }) {
  const { me } = useWorkspace();
  const download = asPerson(file.url_private_download, me.id);
  const about = `${file.filetype.toUpperCase()} · ${formatBytes(file.size)}`;
  if (file.mimetype.startsWith('image/')) {
    const source = asPerson(file.url_private, me.id);
    return (
      <figure className="file-image">
        <figcaption>
          {file.title || file.name}
          <a href={download} download={file.name} aria-label={`Download ${file.name}`}>
            <Icon name="download" size={16} />
          </a>
        </figcaption>
        <a href={source} target="_blank" rel="noopener noreferrer" aria-label={`Open ${file.name}`}>
          <img src={source} alt={file.title || file.name} loading="lazy" />
        </a>
      </figure>
    );
  }
  return (
    <a className="file-card" href={download} download={file.name} aria-label={`Download ${file.name}, ${about}`}>
      <span className={`file-card__icon ${file.filetype === 'csv' ? 'file-card__icon--csv' : ''}`}>
        <Icon name={file.filetype === 'csv' ? 'table' : 'file'} />
      </span>
      <span className="file-card__text">
        <b>{file.name}</b>
        <small>{about}</small>
      </span>
      <Icon name="download" />
    </a>
  );
}
