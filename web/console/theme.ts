import type { ConfigProviderProps } from 'antd';

/**
 * antd's tokens in our brand. Its own greys and status colours miss 4.5:1 on white in many places; these do not,
 * and they are the same values as web/shared's tokens (antd derives shades and therefore needs them as hex).
 */
export const theme: NonNullable<ConfigProviderProps['theme']> = {
  cssVar: { key: 'yilu' },
  hashed: false,
  token: {
    fontFamily: 'var(--font)',
    fontSize: 14,
    borderRadius: 6,
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    colorPrimary: '#0b5f58',
    colorLink: '#0b5f58',
    colorInfo: '#0b5f58',
    colorInfoBg: '#e3f0ee',
    colorInfoBorder: '#b5d5d0',
    colorText: '#1c2b2a',
    colorTextHeading: '#1c2b2a',
    colorTextSecondary: '#4a5a58',
    colorTextDescription: '#4a5a58',
    colorTextTertiary: '#4a5a58',
    colorTextQuaternary: '#66736f',
    colorTextPlaceholder: '#66736f',
    colorTextDisabled: '#66736f',
    colorBgLayout: '#f6f5f1',
    colorBorder: '#c9c5b8',
    colorBorderSecondary: '#e0ddd3',
    colorSplit: '#e0ddd3',
    colorSuccess: '#146c2e',
    colorSuccessBg: '#e4f3e7',
    colorSuccessBorder: '#b7dfc3',
    colorWarning: '#8a5300',
    colorWarningBg: '#fdf1dc',
    colorWarningBorder: '#eccf9d',
    colorError: '#a3261d',
    colorErrorBg: '#fbe9e7',
    colorErrorBorder: '#efc1bc',
    controlOutline: 'rgba(11, 95, 88, 0.25)',
  },
  components: {
    Table: { headerBg: '#efede6', headerColor: '#4a5a58', rowHoverBg: '#f6f5f1', cellPaddingBlockSM: 6 },
    DatePicker: { cellHeight: 28 },
    Form: { itemMarginBottom: 14, verticalLabelPadding: '0 0 2px' },
  },
};
