import { register } from 'node:module';

// For processes and threads that start often, beside `node --import`: tsx does more, and takes twice as long to start.
process.setSourceMapsEnabled(true);
register('./hooks.mjs', import.meta.url);
