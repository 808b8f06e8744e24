-- What is imported: the runs themselves, the insurer's lists by version, and the State Council's notices by version.

-- One row a file that was taken in: how often, by whom, and what came of it. Ids and counts only.
create table yilu.imports (
  insurer text not null references yilu.insurers (code),
  id uuid not null,
  kind text not null,
  source text not null,         -- the file's name
  imported_at timestamptz not null, -- business time
  recorded_at timestamptz not null, -- machine time
  imported_by uuid,             -- null: the operator's command line
  rows int not null,
  added int not null,
  changed int not null,
  removed int not null,
  skipped int not null,
  primary key (insurer, id)
);
create index imports_by_kind on yilu.imports (insurer, kind, imported_at);
select yilu.grant_table('imports', 'insert-only', true);

create table yilu.list_versions (
  insurer text not null,
  list text not null check (list in ('hospitals', 'experts', 'providers', 'drugs', 'pharmacies', 'cart-hospitals', 'cart-pharmacies')),
  version int not null,
  effective_from date not null, -- the first day on which it is the list
  import_id uuid not null,
  sample boolean not null,
  primary key (insurer, list, version),
  foreign key (insurer, import_id) references yilu.imports (insurer, id)
);
create index list_versions_by_day on yilu.list_versions (insurer, list, effective_from);
select yilu.grant_table('list_versions', 'insert-only', true);

-- One row a content of an entry: it keeps its id through every version that repeats it, and stays for the cases that
-- stored it. A changed entry closes its row and opens another under the same key.
create table yilu.list_rows (
  insurer text not null,
  id uuid not null,
  list text not null,
  row_key text not null,
  version_from int not null,
  version_to int,               -- the first version without it; null: in the newest
  effective_from date,          -- of the entry itself, beside the list's own
  effective_to date,
  row jsonb not null,           -- values of its columns; nothing of any member
  label text not null,
  search text not null,
  city text,
  hospital text,
  departments text[] not null default '{}',
  sample boolean not null,
  primary key (insurer, id),
  foreign key (insurer, list, version_from) references yilu.list_versions (insurer, list, version),
  check (version_to is null or version_from < version_to),
  check (effective_to is null or effective_from is null or effective_from <= effective_to)
);
create unique index list_rows_one_open on yilu.list_rows (insurer, list, row_key) where version_to is null;
create index list_rows_by_key on yilu.list_rows (insurer, list, row_key, version_from);
create index list_rows_by_label on yilu.list_rows (insurer, list, label, id);
create index list_rows_by_city on yilu.list_rows (insurer, list, city);
create index list_rows_by_hospital on yilu.list_rows (insurer, list, hospital) where hospital is not null;
create index list_rows_by_department on yilu.list_rows using gin (departments);
select yilu.grant_table('list_rows', 'read-write', true);

-- A calendar year as the notices make it; the highest version counts, those of the project included.
create table yilu.calendar_years (
  insurer text not null,
  year int not null,
  version int not null,
  notice text not null,
  partial boolean not null,     -- only days that another year's notice names
  days jsonb not null,          -- [{date, kind, name}]
  import_id uuid not null,
  primary key (insurer, year, version),
  foreign key (insurer, import_id) references yilu.imports (insurer, id)
);
select yilu.grant_table('calendar_years', 'insert-only', true);
