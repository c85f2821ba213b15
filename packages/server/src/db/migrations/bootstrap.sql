-- What a database administrator runs once per database, before the first start of the server:
--   psql -v ON_ERROR_STOP=1 -d DATABASE -f bootstrap.sql
--   psql -d DATABASE -c "ALTER ROLE dd0c_login PASSWORD '...'"
-- and then DATABASE_URL=postgres://dd0c_login:...@HOST/DATABASE. Running it again changes nothing. The embedded database runs it itself.
--
-- dd0c_login   logs in and may do nothing by itself (NOINHERIT): each transaction takes on one of the roles below.
-- dd0c_owner   owns the schema `run`; used by migrations only. To keep it out of the server's reach, REVOKE dd0c_owner FROM dd0c_login
--              and give migrations a login of their own through MIGRATION_DATABASE_URL.
-- dd0c_app     a tenant's transaction: rows of one tenant, by row-level security.
-- dd0c_system  work that belongs to no tenant or to all (a listed set of reasons).
-- dd0c_auth, dd0c_jobs  own the schemas of the identity and the job library.

DO $roles$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['dd0c_owner', 'dd0c_app', 'dd0c_system', 'dd0c_auth', 'dd0c_jobs'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', role_name);
    END IF;
  END LOOP;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'dd0c_login') THEN
    CREATE ROLE dd0c_login LOGIN NOINHERIT;
  END IF;
  EXECUTE format('GRANT dd0c_owner, dd0c_auth, dd0c_jobs TO %I', current_user);
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO dd0c_login', current_database());
END
$roles$;

GRANT dd0c_owner, dd0c_app, dd0c_system, dd0c_auth, dd0c_jobs TO dd0c_login;

CREATE SCHEMA IF NOT EXISTS run AUTHORIZATION dd0c_owner;
CREATE SCHEMA IF NOT EXISTS auth AUTHORIZATION dd0c_auth;
CREATE SCHEMA IF NOT EXISTS jobs AUTHORIZATION dd0c_jobs;
