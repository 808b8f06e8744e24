-- Trials are a list (CAR-T care, 2.6.4.8.3), beside those that came before it.
alter table yilu.list_versions drop constraint list_versions_list_check;
alter table yilu.list_versions add constraint list_versions_list_check check (list in (
  'hospitals', 'experts', 'providers', 'drugs', 'pharmacies', 'cart-hospitals', 'cart-pharmacies', 'programmes', 'trials'));
