/** A statement as a file: the same lines as on screen, amounts in yuan, no name of any member and no drug. */
import writeXlsxFile from 'write-excel-file/node';
import type { StatementView } from '#contract/settlement.ts';
import type { Text } from '#domain/plan/schema.ts';
import { type Cell, toCsv } from '#server/platform/csv.ts';

const t = (zh: string, en: string): Text => ({ zh, en });
const HEADINGS: readonly Text[] = [
  t('审批号', 'Approval number'),
  t('追溯码', 'Trace code'),
  t('协议价（元）', 'Agreed price (yuan)'),
  t('发药日', 'Dispensed on'),
  t('药店', 'Pharmacy'),
  t('签收日', 'Signed on'),
  t('退回日', 'Returned on'),
  t('结算应付（元）', 'Share by the settlement (yuan)'),
  t('发票号码', 'Invoice number'),
  t('开票盒数', 'Packs invoiced'),
  t('开票单价（元）', 'Price invoiced (yuan)'),
  t('开票金额（元）', 'Amount invoiced (yuan)'),
  t('差异', 'Differences'),
  t('处理', 'State'),
  t('本期付款（元）', 'Paid this month (yuan)'),
];

/** The table of the file, its heading first and its sum last. */
function tableOf(view: StatementView, lang: 'zh' | 'en'): Cell[][] {
  const yuan = (fen: number | undefined) => (fen === undefined ? null : fen / 100);
  const rows = view.items.map((line): Cell[] => [
    line.approval?.number ?? line.invoiced?.approval ?? '',
    line.traceCode,
    yuan(line.approval?.agreedPrice),
    line.dispensed?.on ?? '',
    line.dispensed?.pharmacy ?? '',
    line.dispensed?.signedOn ?? '',
    line.dispensed?.returnedOn ?? '',
    yuan(line.dispensed?.insurer),
    line.invoiced?.invoice ?? '',
    line.invoiced?.quantity ?? null,
    yuan(line.invoiced?.price),
    yuan(line.invoiced?.amount),
    line.differences.map(({ text }) => text).join(lang === 'zh' ? '；' : '; '),
    line.stateLabel,
    yuan(line.payable),
  ]);
  const total: Cell[] = HEADINGS.map(() => '');
  total[0] = lang === 'zh' ? `合计（${view.stateLabel}）` : `Total (${view.stateLabel})`;
  total[11] = view.invoiced / 100;
  total[14] = view.payable / 100;
  return [HEADINGS.map((heading) => heading[lang]), ...rows, total];
}

export async function exportStatement(view: StatementView, format: 'csv' | 'xlsx', lang: 'zh' | 'en'): Promise<Buffer> {
  const table = tableOf(view, lang);
  if (format === 'csv') return toCsv(table);
  const cells = table.map((row, i) =>
    row.map((value) =>
      typeof value === 'number'
        ? { value, type: Number, format: Number.isInteger(value) ? '0' : '#,##0.00' }
        : { value: value ?? '', type: String, format: '@', ...(i === 0 ? { fontWeight: 'bold' as const } : {}) },
    ),
  );
  return await writeXlsxFile(cells, { columns: HEADINGS.map(() => ({ width: 18 })) }).toBuffer();
}
