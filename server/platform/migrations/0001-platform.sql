-- The ground: who owns what, what the application may do with each table, and the mode a database remembers.
-- Runs as the owner with search_path = yilu; the schema itself and schema_migrations are made by migrate.ts.

-- One row a table: what the application's login may do with it. Written through grant_table, applied by
-- apply_grants after every migration, so that grants are re-stated rather than remembered.
create table table_classes (
  table_name     text primary key,
  class          text not null check (class in ('read-write', 'insert-only', 'read-only')),
  insurer_scoped boolean not null
);

-- Puts a table of this schema in exactly one class. An insurer-scoped table needs a column `insurer text not null`
-- and shows its rows only to sessions opened with `-c yilu.insurer=<code>`, its owner included.
create function grant_table(table_name text, class text, insurer_scoped boolean default true) returns void
language plpgsql set search_path = yilu as $$
begin
  if to_regclass('yilu.' || quote_ident(table_name)) is null then
    raise exception 'grant_table: there is no table yilu.%', table_name;
  end if;
  insert into table_classes values (table_name, class, insurer_scoped)
  on conflict on constraint table_classes_pkey
  do update set class = excluded.class, insurer_scoped = excluded.insurer_scoped;

  if insurer_scoped then
    execute format('alter table yilu.%I enable row level security', table_name);
    execute format('alter table yilu.%I force row level security', table_name);
    execute format('drop policy if exists insurer_only on yilu.%I', table_name);
    execute format(
      'create policy insurer_only on yilu.%I using (insurer = current_setting(''yilu.insurer'', true))
         with check (insurer = current_setting(''yilu.insurer'', true))', table_name);
  end if;
end $$;

-- Re-states every grant of the application's role. Fails on a table that no migration put in a class, and on one
-- that has an insurer without being scoped by it, so that forgetting either cannot reach production.
create function apply_grants() returns void language plpgsql set search_path = yilu as $$
declare
  found record;
begin
  for found in
    select c.relname,
           t.class,
           t.insurer_scoped,
           exists (select 1 from pg_attribute a
                    where a.attrelid = c.oid and a.attname = 'insurer' and not a.attisdropped) as has_insurer
      from pg_class c
      left join table_classes t on t.table_name = c.relname
     where c.relnamespace = 'yilu'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     order by c.relname
  loop
    if found.class is null then
      raise exception 'Table yilu.% has no class: add select grant_table(''%'', ''read-write''|''insert-only''|''read-only'') to its migration',
        found.relname, found.relname;
    end if;
    if found.has_insurer is distinct from found.insurer_scoped then
      raise exception 'Table yilu.%: insurer_scoped is %, but a column "insurer" is %', found.relname,
        found.insurer_scoped, case when found.has_insurer then 'there' else 'missing' end;
    end if;
    execute format('revoke all on yilu.%I from public, yilu_app', found.relname);
    execute format('grant %s on yilu.%I to yilu_app',
      case found.class
        when 'read-write' then 'select, insert, update, delete'
        when 'insert-only' then 'select, insert'
        else 'select'
      end, found.relname);
  end loop;

  grant usage on schema yilu to yilu_app;
  grant usage on all sequences in schema yilu to yilu_app;
end $$;

revoke execute on function grant_table(text, text, boolean) from public;
revoke execute on function apply_grants() from public;

-- A database is a sandbox or production from its first migration on.
create table instance (
  single     boolean primary key default true check (single),
  mode       text not null check (mode in ('sandbox', 'production')),
  created_at timestamptz not null
);

-- The sandbox's business time: it stood at anchor_business when the machine showed anchor_machine, and runs at real
-- speed since. Production has no row.
create table sandbox_clock (
  single          boolean primary key default true check (single),
  anchor_business timestamptz not null,
  anchor_machine  timestamptz not null
);

-- The insurers this database serves. Their hosts choose the insurer before sign-in; key_check tells a wrong key ring
-- from a right one before it writes something that nobody can read.
create table insurers (
  code      text primary key check (code ~ '^[a-z0-9-]{1,32}$'),
  name_zh   text not null,
  name_en   text not null,
  hosts     text[] not null default '{}',
  key_check text
);

select grant_table('schema_migrations', 'read-only', insurer_scoped => false);
select grant_table('table_classes', 'read-only', insurer_scoped => false);
select grant_table('instance', 'read-only', insurer_scoped => false);
select grant_table('sandbox_clock', 'read-write', insurer_scoped => false);
select grant_table('insurers', 'read-only', insurer_scoped => false);
