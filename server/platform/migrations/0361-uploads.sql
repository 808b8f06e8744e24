-- Files on their way in parts: what breaks off goes on where it was. Rows and parts live for a day after the last part came.
create table yilu.uploads (
  insurer text not null,
  id uuid not null,
  account_id uuid not null,
  person_id uuid not null,
  kind text not null,
  digest bytea not null,        -- SHA-256 over the SHA-256s of all parts, in order
  bytes bigint not null,
  sealed bytea not null,        -- {fileName, mediaType}, under the person's key
  paper_id uuid,                -- once it is on file; its parts are gone then
  touched_at timestamptz not null, -- machine time
  primary key (insurer, id),
  unique (insurer, account_id, person_id, kind, digest),
  foreign key (insurer, account_id) references yilu.accounts (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id)
);
create index uploads_by_age on yilu.uploads (insurer, touched_at);
select yilu.grant_table('uploads', 'read-write', true);

create table yilu.upload_parts (
  insurer text not null,
  upload_id uuid not null,
  n int not null,               -- from 0
  digest bytea not null,        -- SHA-256 of the part
  storage_key text not null,
  primary key (insurer, upload_id, n),
  foreign key (insurer, upload_id) references yilu.uploads (insurer, id) on delete cascade
);
select yilu.grant_table('upload_parts', 'read-write', true);
