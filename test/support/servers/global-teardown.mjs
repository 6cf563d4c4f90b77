export default () => globalThis.stopDatabaseServers();
