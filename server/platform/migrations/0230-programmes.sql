-- The charities' aid programmes are a list with versions like the others.
alter table yilu.list_versions drop constraint list_versions_list_check;
alter table yilu.list_versions add constraint list_versions_list_check check (list in
  ('hospitals', 'experts', 'providers', 'drugs', 'pharmacies', 'cart-hospitals', 'cart-pharmacies', 'programmes'));
