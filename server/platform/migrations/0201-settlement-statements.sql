-- A provider's statement of a month: invoices as they were handed in, what was done about each line, and the lines as two
-- people approved them. Codes, numbers and amounts only.
create table yilu.settlement_statements (
  insurer text not null references yilu.insurers (code),
  id uuid not null,
  provider text not null,
  month date not null check (extract(day from month) = 1),
  state text not null check (state in ('open', 'prepared', 'approved')),
  version int not null default 0, -- counts the times it was prepared
  opened_by uuid not null,
  opened_at timestamptz not null,
  prepared_by uuid,
  prepared_at timestamptz,
  approved_by uuid,
  approved_at timestamptz,
  sent_back text check (sent_back in ('figures', 'differences', 'papers')),
  primary key (insurer, id),
  unique (insurer, provider, month),
  check (approved_by is null or approved_by <> prepared_by),
  check ((state = 'approved') = (approved_at is not null))
);
-- One in the making at a time: two would pay the same pack.
create unique index settlement_statements_one_open on yilu.settlement_statements (insurer, provider) where state <> 'approved';
select yilu.grant_table('settlement_statements', 'read-write', true);

create table yilu.settlement_invoice_files (
  insurer text not null,
  id uuid not null,
  statement_id uuid not null,
  digest text not null,         -- SHA-256 of the file: the same file twice changes nothing
  rows int not null,
  received_at timestamptz not null,
  received_by uuid not null,
  primary key (insurer, id),
  unique (insurer, statement_id, digest),
  foreign key (insurer, statement_id) references yilu.settlement_statements (insurer, id)
);
select yilu.grant_table('settlement_invoice_files', 'insert-only', true);

create table yilu.settlement_invoice_lines (
  insurer text not null,
  id uuid not null,
  file_id uuid not null,
  statement_id uuid not null,
  no int not null,
  invoice text not null,        -- its number
  approval text not null,       -- the number it names
  trace_code text not null,
  quantity int not null,
  price bigint not null,
  amount bigint not null,
  primary key (insurer, id),
  foreign key (insurer, file_id) references yilu.settlement_invoice_files (insurer, id)
);
create index settlement_invoice_lines_of_statement on yilu.settlement_invoice_lines (insurer, statement_id, file_id, no);
select yilu.grant_table('settlement_invoice_lines', 'insert-only', true);

create table yilu.settlement_line_acts (
  insurer text not null,
  id uuid not null,
  statement_id uuid not null,
  line_key uuid not null,       -- an invoice line, or a box that nobody invoiced
  act text not null check (act in ('dispute', 'correct', 'withdraw', 'settle')),
  quantity int,                 -- of a correction: the invoice's figures from now on
  price bigint,
  amount bigint,
  actor_account uuid not null,
  actor_role text not null,
  at timestamptz not null,
  primary key (insurer, id),
  foreign key (insurer, statement_id) references yilu.settlement_statements (insurer, id),
  check ((act = 'correct') = (quantity is not null and price is not null and amount is not null))
);
create index settlement_line_acts_of_statement on yilu.settlement_line_acts (insurer, statement_id, line_key, at);
select yilu.grant_table('settlement_line_acts', 'insert-only', true);

-- The lines as they were prepared; those of the version that was approved are what is paid.
create table yilu.settlement_statement_lines (
  insurer text not null,
  statement_id uuid not null,
  version int not null,
  no int not null,
  line_key uuid not null,
  box_id uuid,
  invoice_line_id uuid,
  line jsonb not null,          -- as it was shown: codes, numbers, amounts, days
  payable bigint not null,
  primary key (insurer, statement_id, version, no),
  foreign key (insurer, statement_id) references yilu.settlement_statements (insurer, id),
  foreign key (insurer, box_id) references yilu.drug_boxes (insurer, id)
);
create index settlement_statement_lines_of_box on yilu.settlement_statement_lines (insurer, box_id) where box_id is not null;
select yilu.grant_table('settlement_statement_lines', 'insert-only', true);
