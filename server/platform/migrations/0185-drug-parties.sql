-- Staff of the drug provider work at desks of their own, and a pharmacy serves a case beside its provider: it is known by
-- its key on the list of pharmacies, by which a consent names it.
alter table yilu.accounts drop constraint accounts_outside_check;
alter table yilu.accounts add constraint accounts_outside_check
  check ((kind = 'provider') = (provider is not null and roles in (
    '{provider}', '{laboratory}', '{expert}', '{drug-consultant}', '{aid-assistant}', '{car-t-specialist}', '{pharmacist}')));
alter table yilu.cases add column pharmacy text;
create index cases_of_pharmacy on yilu.cases (insurer, pharmacy) where pharmacy is not null and not final;
