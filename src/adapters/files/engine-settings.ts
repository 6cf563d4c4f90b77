/** Nothing is fetched, installed or loaded, and nothing is written to disk, not even what does not fit into memory. */
export const engineSettings = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  temp_directory: '',
  memory_limit: '1GB',
};
