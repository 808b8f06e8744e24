-- Informed consents signed on screen: the document as it was signed, the detached CMS over its bytes and the authority
-- that issued the certificate, sealed under the tested person's key. Nothing here is ever rewritten.
create table yilu.signatures (
  insurer text not null,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null,      -- the tested person
  laboratory text not null,     -- a provider's code: whose text it was
  text_version int not null,
  signer text not null check (signer in ('tested-person', 'guardian')),
  signed_at timestamptz not null,
  signed_by uuid not null,      -- the account that signed
  sealed bytea not null,        -- {document, cms, authority, certificate, demonstration, name}
  primary key (insurer, id),
  foreign key (insurer, person_id) references yilu.persons (insurer, id),
  foreign key (insurer, case_id) references yilu.cases (insurer, id)
);
create index signatures_of_case on yilu.signatures (insurer, case_id, signed_at);
select yilu.grant_table('signatures', 'insert-only', true);

-- A one-time code also confirms the will to sign.
alter table yilu.one_time_codes drop constraint one_time_codes_purpose_check;
alter table yilu.one_time_codes add constraint one_time_codes_purpose_check
  check (purpose in ('sign-in', 'old-phone', 'new-phone', 'desk-check', 'signature'));
