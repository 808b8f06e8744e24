-- Laboratories and experts serve a case beside its provider. Each is known by the code that a consent names: a laboratory
-- by its code as a provider, an expert by her key on the list of experts.
alter table yilu.accounts drop constraint accounts_check2;
alter table yilu.accounts add constraint accounts_outside_check
  check ((kind = 'provider') = (provider is not null and roles in ('{provider}', '{laboratory}', '{expert}')));
alter table yilu.cases add column laboratory text;
alter table yilu.cases add column expert text;
create index cases_of_laboratory on yilu.cases (insurer, laboratory) where laboratory is not null and not final;
create index cases_of_expert on yilu.cases (insurer, expert) where expert is not null and not final;
