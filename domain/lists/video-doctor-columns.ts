import type { Column } from './column.ts';
import { effectiveColumns } from './common-columns.ts';
import { expertColumns, hospitalBaseColumns } from './hospital-columns.ts';

const shared = (columns: readonly Column[], name: string): Column => {
  const found = columns.find((column) => column.name === name);
  if (!found) throw new Error(`No list has a column "${name}"`);
  return found;
};

/** Doctors who take video consultations, with the credential by which they may: in service at a hospital of grade 3, class A [2.1.2]. */
export const videoDoctorColumns: readonly Column[] = [
  {
    name: 'licence',
    type: 'text',
    required: true,
    maxLength: 40,
    heading: { zh: '执业证书编号', en: 'Licence' },
    also: ['医师执业证书编号'],
    about: { zh: '必填，每位医生一个', en: 'required, one a doctor' },
    example: 'SAMPLE-LIC-0001',
  },
  {
    name: 'name',
    type: 'text',
    required: true,
    maxLength: 40,
    heading: { zh: '医生姓名', en: 'Doctor' },
    also: ['姓名'],
    about: { zh: '必填', en: 'required' },
    example: '示例视频医生甲',
  },
  {
    name: 'hospital',
    type: 'text',
    required: true,
    maxLength: 80,
    heading: { zh: '医院', en: 'Hospital' },
    also: ['执业医院'],
    about: { zh: '必填，现在在职的医院', en: 'required, where she is in service' },
    example: '示例市人民医院',
  },
  shared(hospitalBaseColumns, 'grade'),
  shared(hospitalBaseColumns, 'class'),
  {
    name: 'department',
    type: 'text',
    required: true,
    maxLength: 40,
    heading: { zh: '科室', en: 'Department' },
    about: { zh: '必填', en: 'required' },
    example: '全科',
  },
  shared(expertColumns, 'rank'),
  {
    name: 'inService',
    type: 'yes-no',
    required: true,
    heading: { zh: '在职', en: 'In service' },
    also: ['是否在职'],
    about: { zh: '必填：在职填是；离职填否，当即不再接诊', en: 'required: no takes her out at once' },
    example: '是',
  },
  {
    name: 'validUntil',
    type: 'moment',
    required: true,
    heading: { zh: '资质有效至', en: 'Credential until' },
    also: ['执业资质有效期至'],
    about: {
      zh: '必填，到这一刻为止；只写日期表示那一天 0 点',
      en: 'required, until this moment; a day alone means its 00:00',
    },
    example: '2028-01-01',
  },
  ...effectiveColumns,
];
