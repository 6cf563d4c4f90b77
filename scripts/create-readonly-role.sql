-- A role for Memori that can read and nothing else. Run it as an administrator, once in each database:
--
--   psql -v password=CHANGE-ME -v schema=public -f scripts/create-readonly-role.sql postgres://admin@host/database
--
-- Without `-v password` the environment variable MEMORI_READER_PASSWORD is taken, without `-v schema` it is `public`.
-- The guard lets only reads through; this role is the second wall, for the day the first has a hole.

\set ON_ERROR_STOP on
\if :{?schema}
\else
  \set schema public
\endif
\if :{?password}
\else
  \getenv password MEMORI_READER_PASSWORD
\endif
\if :{?password}
\else
  \warn 'The role needs a password: -v password=… or MEMORI_READER_PASSWORD.'
\endif

-- A role belongs to the whole server: in its second database it is there already.
SELECT 'CREATE ROLE memori_reader' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'memori_reader') \gexec
ALTER ROLE memori_reader LOGIN PASSWORD :'password'
  NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 50;

-- Limits the server enforces even when a client forgets to ask.
ALTER ROLE memori_reader SET default_transaction_read_only = on;
ALTER ROLE memori_reader SET statement_timeout = '60s';
ALTER ROLE memori_reader SET lock_timeout = '2s';
ALTER ROLE memori_reader SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE memori_reader SET temp_file_limit = '1GB';

-- Nothing of what every role is given by default.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
SELECT format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()) \gexec

-- Reading one schema, with the tables that this administrator makes later. Repeat these three for each schema, or grant
-- single tables and columns (GRANT SELECT (id, name) ON customers TO memori_reader): what is not granted is not in
-- Memori's catalogue. For tables that another role makes, add FOR ROLE to the last.
GRANT USAGE ON SCHEMA :"schema" TO memori_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA :"schema" TO memori_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA :"schema" GRANT SELECT ON TABLES TO memori_reader;
