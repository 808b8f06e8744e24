/** The insurer's lists of drugs, pharmacies and hospitals, as every screen asks for them and reads a row. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get } from './api.ts';
import { keys } from './keys.ts';
import { m } from './paraglide/messages.js';
import type { ListOf, ListPage, ListRow } from './types.ts';
import { day, listed } from './words.ts';

/** The lists that people look things up in, in the order of their tabs. */
export const OPEN_LISTS = [
  'hospitals',
  'drugs',
  'pharmacies',
  'cart-hospitals',
  'cart-pharmacies',
  'programmes',
] as const;
export type OpenList = (typeof OPEN_LISTS)[number];
export const isOpenList = (code: string | undefined): code is OpenList => OPEN_LISTS.some((one) => one === code);
/** Lists of places are narrowed by city. */
export const hasCities = (list: OpenList) => list !== 'drugs' && list !== 'programmes';

export const listName = (list: OpenList): string =>
  ({
    hospitals: m.lists_hospitals,
    drugs: m.lists_drugs,
    pharmacies: m.lists_pharmacies,
    'cart-hospitals': m.lists_cart_hospitals,
    'cart-pharmacies': m.lists_cart_pharmacies,
    programmes: m.lists_programmes,
  })[list]();

export type Asked = { q: string; city: string; on: string };

/** Pages of a list as of the day asked about, today where none is; `first` says of which day and version they speak. */
export const useListPages = (list: OpenList, { q, city, on }: Asked) =>
  useInfiniteQuery({
    queryKey: keys.list(list, { q, city, on }),
    queryFn: ({ pageParam, signal }) =>
      get<ListPage>(
        `/api/lists/${list}`,
        { q: q || undefined, city: city || undefined, on: on || undefined, limit: 30, cursor: pageParam || undefined },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    select: ({ pages }) => ({ first: pages[0]!, items: pages.flatMap(({ items }) => items) }),
    placeholderData: (before) => before,
  });

export const useListCities = (list: OpenList) =>
  useQuery({
    queryKey: keys.list(list, 'cities'),
    queryFn: ({ signal }) => get<ListOf<string>>(`/api/lists/${list}/cities`, undefined, signal),
    enabled: hasCities(list),
  });

/** 名单第 2 版（2026年3月1日起），查询日 2026年11月18日. */
export const asOfWords = ({ day: on, version, since }: ListPage['asOf']): string =>
  version === null || since === null
    ? m.lists_none_yet({ day: day(on, false) })
    : m.lists_as_of({ day: day(on, false), version: String(version), since: day(since, false) });

/** When an entry that the day does not have was or will be listed. */
export const spanWords = (spans: ListPage['otherDays'][number]['spans']): string =>
  listed(
    spans.map(({ from, to }) =>
      to === null
        ? m.lists_span_open({ from: day(from, false) })
        : m.lists_span({ from: day(from, false), to: day(to, false) }),
    ),
  );

/** What a row says beyond its name and its line. */
export function rowFacts(list: OpenList, { row }: Pick<ListRow, 'row'>): { label: string; value: string }[] {
  const text = (name: string) => (Array.isArray(row[name]) ? listed(row[name].map(String)) : String(row[name] ?? ''));
  const both = [row.pickUp && m.lists_pick_up(), row.homeDelivery && m.lists_delivery()].filter(Boolean).map(String);
  const facts =
    list === 'drugs'
      ? [
          { label: m.lists_indication(), value: text('contractIndication') || text('labelIndication') },
          { label: m.lists_biomarker(), value: text('biomarker') },
          { label: m.lists_per_month(), value: row.maxPerMonth ? m.lists_packs({ count: text('maxPerMonth') }) : '' },
          { label: m.lists_aid(), value: text('aidProgram') },
        ]
      : list === 'hospitals'
        ? [{ label: m.lists_departments(), value: text('departments') }]
        : list === 'programmes'
          ? [
              { label: m.lists_phases(), value: text('phases') },
              { label: m.lists_aid_pharmacies(), value: text('pharmacies') },
            ]
          : [
              { label: m.lists_phone(), value: text('phone') },
              { label: m.lists_ways(), value: listed(both) },
              { label: m.lists_products(), value: text('products') },
            ];
  return facts.filter(({ value }) => value !== '');
}
