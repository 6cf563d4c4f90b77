/** Drawn on a 20 × 20 grid with a line of 1.5. */
const paths = {
  hash: 'M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h13.5M3 12.5h13.5',
  thread: 'M3 10a7 6.2 0 1 1 3.4 5.3L3 16.5l1-3A6 6 0 0 1 3 10ZM7 8.5h6M7 11.5h4',
  more: 'M10 4.5v.01M10 10v.01M10 15.5v.01',
  send: 'M3.5 4 17 10 3.5 16l1.7-6-1.7-6ZM5.2 10H11',
  at: 'M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0Zm0 0v1a2 2 0 0 0 4 0v-1a7 7 0 1 0-2.8 5.6',
  slash: 'M13 4 7 16',
  down: 'm5.5 8 4.5 4.5L14.5 8',
  right: 'm8 5.5 4.5 4.5L8 14.5',
  left: 'M12 5.5 7.5 10l4.5 4.5',
  close: 'm5 5 10 10M15 5 5 15',
  sun: 'M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0ZM10 2.5v1.8M10 15.7v1.8M2.5 10h1.8M15.7 10h1.8M4.7 4.7 6 6M14 14l1.3 1.3M15.3 4.7 14 6M6 14l-1.3 1.3',
  moon: 'M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5Z',
  system: 'M3 4.5h14v9H3zM7.5 17h5M10 13.5V17',
  search: 'M14 9A5 5 0 1 1 4 9a5 5 0 0 1 10 0Zm-1.4 3.6L17 17',
  menu: 'M3.5 5.5h13M3.5 10h13M3.5 14.5h13',
  download: 'M10 3v9m0 0 3.5-3.5M10 12 6.5 8.5M4 16.5h12',
  file: 'M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15',
  table: 'M3 4.5h14v11H3zM3 8.5h14M8 8.5v7',
  image: 'M3 4h14v12H3zM6.5 8v.01M3.5 14.5l4-4 3 3 2.5-2.5 3.5 3.5',
  trash: 'M4 6h12M8 6V3.8h4V6M5.5 6l.8 10.5h7.4L14.5 6M8.5 9v4.5M11.5 9v4.5',
  'thumbs-up':
    'M6.5 9v7.5h7.2c.8 0 1.5-.6 1.6-1.4l.9-4.8a1.5 1.5 0 0 0-1.5-1.8h-3.4l.5-3.4A1.7 1.7 0 0 0 8.9 4L6.5 9Zm0 0h-3v7.5h3',
  'thumbs-down':
    'M6.5 11V3.500h7.200c.8 0 1.5.6 1.6 1.400l.9 4.800a1.5 1.5 0 0 1-1.5 1.800h-3.400l.5 3.400a1.7 1.7 0 0 1-2.9 1.100L6.5 11Zm0 0h-3V3.500h3',
  refresh: 'M16 10a6 6 0 1 1-1.8-4.300L16 7.500M16 3.500v4h-4',
  copy: 'M7 7h9.500v9.500H7zM13 7V3.500H3.500V13H7',
  eye: 'M2 10s3-5.5 8-5.5 8 5.5 8 5.5-3 5.5-8 5.500S2 10 2 10Zm10.3 0a2.3 2.3 0 1 1-4.6 0 2.3 2.3 0 0 1 4.6 0Z',
  check: 'm4.5 10.5 3.5 3.5 7.5-8',
  stop: 'M6 6h8v8H6z',
  up: 'm5.5 12 4.5-4.500L14.5 12',
  sort: 'm6.5 8 3.5-3.500L13.5 8M6.5 12l3.5 3.5 3.5-3.5',
  info: 'M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0ZM10 9.300v4M10 6.600v.01',
  warning: 'M10 3 2.5 16.500h15L10 3ZM10 8v4M10 14.200v.01',
  help: 'M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0ZM8 8a2 2 0 1 1 2.9 1.800c-.6.3-.9.7-.9 1.400M10 13.600v.01',
  home: 'm3 9.5 7-6 7 6M5 8.500v8h10v-8',
  bolt: 'M11 2.5 4.5 11.500H9L8.5 17.5 15.5 8.500H11z',
  edit: 'm4 16 .7-3.300L13.5 4 16 6.500l-8.7 8.800L4 16Z',
  star: 'm10 3 2.2 4.5 5 .7-3.6 3.5.9 5-4.5-2.4-4.5 2.4.9-5L2.8 8.200l5-.7z',
  link: 'M8.5 11.500a3 3 0 0 0 4.2 0l2.8-2.800a3 3 0 0 0-4.2-4.200L10 5.800M11.5 8.500a3 3 0 0 0-4.2 0l-2.8 2.800a3 3 0 0 0 4.2 4.200L10 14.2',
} as const;

/** The icons that exist. */
export type IconName = keyof typeof paths;

/** Whether there is an icon of this name. */
export function isIconName(name: string): name is IconName {
  return Object.hasOwn(paths, name);
}

/** A line icon in the colour of the text. Decorative: the control around it has the name. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  const heavy = name === 'more' ? 2.6 : 1.5;
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path
        d={paths[name]}
        fill={name === 'stop' ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth={heavy}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
