import type { Column } from './column.ts';
import { effectiveColumns, licenceUntilColumn, placeColumns, providerColumn } from './common-columns.ts';
import { hospitalBaseColumns } from './hospital-columns.ts';

const optionalText = (
  name: string,
  zh: string,
  en: string,
  aboutZh: string,
  aboutEn: string,
  example = '',
): Column => ({
  name,
  type: 'text',
  optionalColumn: true,
  maxLength: 1000,
  heading: { zh, en },
  about: { zh: aboutZh, en: aboutEn },
  example,
});
const yesNo = (name: string, zh: string, en: string, aboutZh: string, aboutEn: string, example: string): Column => ({
  name,
  type: 'yes-no',
  required: true,
  heading: { zh, en },
  about: { zh: aboutZh, en: aboutEn },
  example,
});

/** Annex A.2. The indication of the contract decides, never more than the label's [2.6.2]. */
export const drugColumns: readonly Column[] = [
  {
    name: 'generic',
    type: 'text',
    required: true,
    heading: { zh: '通用名', en: 'Generic name' },
    about: { zh: '必填', en: 'required' },
    example: '示例替尼片',
  },
  {
    name: 'brand',
    type: 'text',
    required: true,
    heading: { zh: '商品名', en: 'Brand' },
    about: { zh: '必填', en: 'required' },
    example: '示例乐',
  },
  {
    name: 'aliases',
    type: 'words',
    optionalColumn: true,
    heading: { zh: '别名', en: 'Aliases' },
    also: ['其他名称', '俗称'],
    about: { zh: '常用的其他名称，用顿号分开', en: 'other names in use, separated by 、 or ;' },
    example: '示例替尼、乐乐片',
  },
  optionalText('english', '英文名', 'English name', '英文通用名或商品名', 'English generic or brand name'),
  {
    name: 'maker',
    type: 'text',
    required: true,
    heading: { zh: '生产企业', en: 'Maker' },
    also: ['上市许可持有人'],
    about: { zh: '必填，上市许可持有人', en: 'required, the holder of the marketing authorisation' },
    example: '示例制药有限公司',
  },
  optionalText('approvalNo', '批准文号', 'Approval number', '药品批准文号', 'number of the approval'),
  optionalText('form', '剂型', 'Form', '片剂、胶囊、注射液等', 'tablet, capsule, injection…', '片剂'),
  optionalText('spec', '规格', 'Specification', '含量与包装', 'strength and pack', '80mg×30片'),
  optionalText('labelIndication', '说明书适应症', 'Label indication', '批准的适应症', 'the approved indication'),
  optionalText('labelVersion', '说明书版本', 'Label version', '说明书的版本或日期', 'version or day of the label'),
  optionalText(
    'contractIndication',
    '合同适应症',
    'Contract indication',
    '合同约定的适应症；空着表示与说明书相同',
    'the indication of the contract; empty: as the label',
  ),
  optionalText('biomarker', '检测要求', 'Biomarker', '需要的基因检测结果', 'the test result it needs'),
  {
    name: 'maxPerMonth',
    type: 'integer',
    min: 1,
    max: 1000,
    optionalColumn: true,
    heading: { zh: '每月最多盒数', en: 'Packs a month at most' },
    about: { zh: '每月可以购买的最多盒数', en: 'packs that can be bought in a month' },
    example: '1',
  },
  yesNo('coldChain', '冷链', 'Cold chain', '必填：需要冷链运输填是', 'required: yes when it needs a cold chain', '否'),
  {
    name: 'insuranceClass',
    type: 'choice',
    optionalColumn: true,
    heading: { zh: '医保类别', en: 'Insurance class' },
    choices: [
      { value: 'A', zh: '甲类', en: 'class A' },
      { value: 'B', zh: '乙类', en: 'class B' },
      { value: 'none', zh: '医保外', en: 'not listed', also: ['无', '自费'] },
    ],
    about: { zh: '甲类、乙类或医保外', en: 'A, B or none' },
    example: '医保外',
  },
  {
    name: 'price',
    type: 'money',
    optionalColumn: true,
    heading: { zh: '协议价（元）', en: 'Agreed price (yuan)' },
    also: ['协议价'],
    about: { zh: '每盒的协议价，以元为单位', en: 'agreed price of a pack in yuan' },
    example: '12800.00',
  },
  optionalText(
    'aidProgram',
    '援助项目',
    'Aid programme',
    '慈善援助项目的名称；没有则空着',
    'name of the charity programme; empty: none',
  ),
  yesNo('carT', 'CAR-T', 'CAR-T', '必填：CAR-T 药品填是', 'required: yes for a CAR-T product', '否'),
  ...effectiveColumns,
];

const pharmacyBaseColumns: readonly Column[] = [
  {
    name: 'name',
    type: 'text',
    required: true,
    maxLength: 80,
    heading: { zh: '药店名称', en: 'Pharmacy' },
    also: ['药店', '名称'],
    about: { zh: '必填', en: 'required' },
    example: '示例药房一店',
  },
  optionalText('chain', '连锁', 'Chain', '所属连锁', 'the chain it belongs to', '示例药房'),
  ...placeColumns,
  {
    name: 'address',
    type: 'text',
    required: true,
    heading: { zh: '地址', en: 'Address' },
    about: { zh: '必填', en: 'required' },
    example: '示例路1号',
  },
  {
    name: 'hours',
    type: 'text',
    required: true,
    maxLength: 40,
    heading: { zh: '营业时间', en: 'Hours' },
    about: { zh: '必填，例如 09:00-21:00', en: 'required, e.g. 09:00-21:00' },
    example: '09:00-21:00',
  },
  {
    name: 'phone',
    type: 'phone',
    optionalColumn: true,
    heading: { zh: '电话', en: 'Telephone' },
    also: ['联系电话'],
    about: { zh: '药店的电话', en: 'telephone of the pharmacy' },
    example: '01000000001',
  },
  optionalText('licence', '经营许可证号', 'Licence', '药品经营许可证号', 'number of its licence'),
  licenceUntilColumn,
  yesNo(
    'coldChain',
    '冷链',
    'Cold chain',
    '必填：能存放冷链药品填是',
    'required: yes when it keeps cold-chain drugs',
    '是',
  ),
];

/** Annex A.3. */
export const pharmacyColumns: readonly Column[] = [
  ...pharmacyBaseColumns,
  yesNo('insuranceDesignated', '医保定点', 'Insurance designated', '必填', 'required', '是'),
  yesNo('pickUp', '可自取', 'Pick-up', '必填：可以到店自取填是', 'required: yes when drugs can be picked up', '是'),
  yesNo('homeDelivery', '可送药', 'Home delivery', '必填：可以送药上门填是', 'required: yes when it delivers', '是'),
  {
    name: 'drugs',
    type: 'words',
    optionalColumn: true,
    heading: { zh: '在售特药', en: 'Drugs' },
    about: {
      zh: '在售的特药商品名，用顿号分开；空着表示全部',
      en: 'brands in stock, separated by 、 or ;; empty: all',
    },
    example: '示例乐',
  },
  providerColumn,
  ...effectiveColumns,
];

const productsColumn: Column = {
  name: 'products',
  type: 'words',
  required: true,
  heading: { zh: 'CAR-T 产品', en: 'CAR-T products' },
  about: { zh: '必填，产品的商品名，用顿号分开', en: 'required, brands, separated by 、 or ;' },
  example: '示例达',
};

/** Annex A.4. Public and grade 2 or above is asked by the decision, not by the list [2.6.4.1]. */
export const cartHospitalColumns: readonly Column[] = [
  ...hospitalBaseColumns,
  productsColumn,
  providerColumn,
  ...effectiveColumns,
];

/** Annex A.5. */
export const cartPharmacyColumns: readonly Column[] = [
  ...pharmacyBaseColumns,
  productsColumn,
  providerColumn,
  ...effectiveColumns,
];
