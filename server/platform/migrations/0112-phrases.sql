-- Texts that a team keeps for words to members, notes and calls. No word of a person stands in them: what is of one case
-- is filled in when a phrase is put into a form. Edited in place; the audit says who and when.
create table yilu.phrases (
  insurer text not null references yilu.insurers (code),
  id uuid not null,
  title text not null check (length(title) between 1 and 40),
  text text not null check (length(text) between 1 and 500),
  uses text[] not null check (uses <@ array['member', 'note', 'call'] and uses <> '{}'),
  version int not null default 1,
  retired boolean not null default false,
  changed_by uuid not null,     -- an account
  changed_at timestamptz not null, -- business time
  primary key (insurer, id)
);
select yilu.grant_table('phrases', 'read-write', true);
