-- Assistance at a hospital (2.7): its departments, doctors and packages are lists, its staff serve from outside, and its
-- slots are rows of their own, since each is taken and given back.
alter table yilu.list_versions drop constraint list_versions_list_check;
alter table yilu.list_versions add constraint list_versions_list_check check (list in (
  'hospitals', 'experts', 'providers', 'drugs', 'pharmacies', 'cart-hospitals', 'cart-pharmacies', 'programmes', 'trials',
  'video-doctors', 'departments', 'hospital-doctors', 'packages'));
alter table yilu.accounts drop constraint accounts_outside_check;
alter table yilu.accounts add constraint accounts_outside_check
  check ((kind = 'provider') = (provider is not null and roles in (
    '{provider}', '{laboratory}', '{expert}', '{drug-consultant}', '{aid-assistant}', '{car-t-specialist}', '{pharmacist}',
    '{video-doctor}', '{hospital-staff}')));
create table yilu.hospital_slots (
  insurer text not null,
  id uuid not null,
  provider text not null,       -- the hospital, by its code as a provider of the plan
  item text not null check (item in ('outpatient', 'expert', 'check-up', 'accompaniment')),
  department text not null default '',
  doctor text not null default '',
  package text not null default '',
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  capacity int not null check (capacity between 1 and 200),
  taken int not null default 0 check (taken between 0 and capacity),
  closed_at timestamptz,        -- business time; null: open
  sample boolean not null default false,
  primary key (insurer, id),
  unique (insurer, provider, item, department, doctor, package, starts_at),
  check (starts_at < ends_at)
);
create index hospital_slots_by_time on yilu.hospital_slots (insurer, provider, item, starts_at);
select yilu.grant_table('hospital_slots', 'read-write', true);
-- Which case has which slot: one each. The counter in the slot's row is what two transactions meet at.
create table yilu.hospital_takings (
  insurer text not null,
  case_id uuid not null,
  slot_id uuid not null,
  taken_at timestamptz not null,
  primary key (insurer, case_id),
  foreign key (insurer, case_id) references yilu.cases (insurer, id),
  foreign key (insurer, slot_id) references yilu.hospital_slots (insurer, id)
);
create index hospital_takings_of_slot on yilu.hospital_takings (insurer, slot_id);
select yilu.grant_table('hospital_takings', 'read-write', true);
