/** The members of the sandbox, all invented, one in every situation. */

/** A member with her policy; days in Shanghai. */
export type Persona = {
  key: string;
  name: string;
  sex: 'F' | 'M';
  bornOn: string;
  phone: string;
  situation: string;
  policyNo: string;
  product: string;
  effectiveFrom: string;
  expiresOn: string;
  coolingOffEndsOn: string;
  waitingEndsOn: string;
  states: { state: string; from: string }[];
  /** The policyholder, when it is somebody else of this list. */
  holder?: string;
  /** No account of her own: a minor. */
  noAccount?: true;
  idType?: 'resident-id' | 'passport';
};

const yearly = (from: string, cooling: string, waiting: string) => {
  const [year, rest] = [Number(from.slice(0, 4)), from.slice(4)];
  const end = new Date(Date.UTC(year + 1, Number(rest.slice(1, 3)) - 1, Number(rest.slice(4)) - 1))
    .toISOString()
    .slice(0, 10);
  return { effectiveFrom: from, expiresOn: end, coolingOffEndsOn: cooling, waitingEndsOn: waiting };
};
const inForce = (from: string) => [{ state: 'in-force', from: `${from}T00:00:00+08:00` }];
let serial = 0;
const persona = (
  key: string,
  name: string,
  sex: 'F' | 'M',
  bornOn: string,
  terms: ReturnType<typeof yearly>,
  situation: string,
  more: Partial<Persona> = {},
): Persona => {
  serial += 1;
  const n = String(serial).padStart(4, '0');
  return {
    key,
    name,
    sex,
    bornOn,
    phone: `1990000${n}`,
    situation,
    policyNo: `SAMPLE2026${n}`,
    product: 'zhenai21',
    states: inForce(terms.effectiveFrom),
    ...terms,
    ...more,
  };
};
const JAN = yearly('2026-01-10', '2026-01-25', '2026-04-09');
/** In its second year: what was opened in the first may have run out. */
const LONG = { ...yearly('2025-01-10', '2025-01-25', '2025-04-09'), expiresOn: '2027-01-09' };

export const PERSONAS: readonly Persona[] = [
  persona('lin', '林小满', 'F', '1984-03-12', JAN, '各项服务都可申请，还没有用过'),
  persona('zhou', '周明远', 'M', '1990-07-01', yearly('2026-11-10', '2026-11-25', '2027-02-07'), '刚投保，犹豫期内'),
  persona('wu', '吴静怡', 'F', '1988-10-05', yearly('2026-10-08', '2026-10-23', '2027-01-05'), '等待期内'),
  persona(
    'zheng',
    '郑海波',
    'M',
    '1979-05-20',
    yearly('2026-05-01', '2026-05-16', '2026-07-29'),
    '等待期内确诊，以后也不能用',
  ),
  persona('wang', '王秀兰', 'F', '1968-02-18', JAN, '已使用（已就诊、已评价）'),
  persona('feng', '冯建国', 'M', '1972-12-02', JAN, '预约后取消，计为使用；次数更正待第二位主管核对'),
  persona('chen', '陈雨桐', 'F', '1991-09-09', JAN, '进行中：等补资料'),
  persona('chu', '褚文涛', 'M', '1983-04-27', JAN, '进行中：医学审核'),
  persona('wei', '卫红梅', 'F', '1975-08-15', JAN, '进行中：写就医路径'),
  persona('jiang', '蒋立新', 'M', '1969-01-30', JAN, '进行中：服务商约号，已晚'),
  persona('shen', '沈若云', 'F', '1986-06-21', JAN, '进行中：号源待确认'),
  persona('han', '韩志强', 'M', '1977-11-11', JAN, '进行中：已约好，等就诊'),
  persona('yang', '杨慧敏', 'F', '1981-03-03', JAN, '进行中：等就诊小结'),
  persona('zhu', '朱国华', 'M', '1964-07-07', JAN, '进行中：小结已到，请评价'),
  persona('qin', '秦素芬', 'F', '1959-10-10', JAN, '进行中：未到诊，等人工判断'),
  persona(
    'you',
    '尤佳宁',
    'F',
    '1993-12-24',
    yearly('2026-06-01', '2026-06-16', '2026-08-29'),
    '等待期内有异常发现，确诊在后，人工审核',
  ),
  persona('xu', '许长青', 'M', '1970-02-02', JAN, '合同已中止', {
    states: [...inForce('2026-01-10'), { state: 'suspended', from: '2026-09-10T00:00:00+08:00' }],
  }),
  persona('he', '何晓东', 'M', '1974-04-04', JAN, '合同已终止', {
    states: [...inForce('2026-01-10'), { state: 'terminated', from: '2026-08-01T00:00:00+08:00' }],
  }),
  persona('lv', '吕丽娟', 'F', '1985-05-05', JAN, '监护人，为未成年的孩子办理'),
  persona(
    'lvbao',
    '吕小宝',
    'M',
    '2013-06-01',
    JAN,
    '未成年人，由监护人申请；主管已准审核员查看，病案经理的申请待主管决定',
    { holder: 'lv', noAccount: true },
  ),
  persona('shi', '施振华', 'M', '1978-08-08', JAN, '投保人；为配偶提交的申请等她本人同意'),
  persona('shiwife', '孔令仪', 'F', '1980-01-20', JAN, '配偶代为提交的申请，等本人同意', { holder: 'shi' }),
  persona('zhang', '张瑞芳', 'F', '1966-09-19', JAN, '进行中：等同意新的服务商'),
  persona('cao', '曹德胜', 'M', '1973-03-30', JAN, '进行中：医学审核，要补第二次资料'),
  persona('yan', '严冬生', 'M', '1982-12-12', JAN, '进行中：暂时约不到，等决定', { idType: 'passport' }),
  persona(
    'qing',
    '清禾会员',
    'F',
    '1987-07-17',
    yearly('2026-02-01', '2026-02-16', '2026-05-01'),
    '另一家公司的计划（清禾示例）',
    { product: 'qinghe-care' },
  ),
  persona('tao', '陶文静', 'F', '1976-05-14', JAN, '进行中：已同意新的服务商，惠医约号中'),
  persona(
    'pan',
    '潘立群',
    'M',
    '1971-11-23',
    yearly('2026-05-01', '2026-05-16', '2026-07-29'),
    '等待期内确诊被拒绝，已申诉，等答复',
  ),
  persona('jin', '金晓岚', 'F', '1973-05-16', JAN, '进行中：住院已约好，等入院'),
  persona('bao', '鲍启明', 'M', '1966-09-23', JAN, '进行中：办理住院凭证'),
  persona('ge', '葛丽君', 'F', '1971-02-27', JAN, '住院已完成，出院小结已评价'),
  persona('qiu', '裘秀英', 'F', '1969-06-18', JAN, '进行中：基因检测，等签署知情同意书'),
  persona('fan', '范国强', 'M', '1963-01-15', JAN, '进行中：基因检测，样本在检验所'),
  persona('miao', '苗青', 'M', '1980-11-08', JAN, '基因检测已完成，报告可以看'),
  persona('su', '苏玉梅', 'F', '1969-08-12', JAN, '进行中：二诊已到诊，专家写意见书（有影像）'),
  persona('dong', '董志远', 'M', '1963-04-05', JAN, '进行中：二诊资料等补齐'),
  persona('lu', '陆建平', 'M', '1967-10-26', JAN, '二诊已完成：意见书、解读、一次追问都在'),
  persona('rong', '荣慧', 'F', '1972-03-08', JAN, '进行中：援助用药，明天起可以领赠药'),
  persona('bai', '柏志明', 'M', '1965-12-11', JAN, '援助用药：慈善机构未通过，转处方审核'),
  persona('meng', '孟淑华', 'F', '1970-06-09', JAN, '进行中：特药，等处方一审'),
  persona('tan', '谭志宏', 'M', '1962-09-14', JAN, '进行中：特药，第二张处方已通过，费用和送药等确认'),
  persona('xie', '谢桂兰', 'F', '1967-04-02', JAN, '进行中：特药已到店，凭取药码领取'),
  persona('ning', '宁建华', 'M', '1974-12-20', JAN, '进行中：特药快用完，可以交下一张处方'),
  persona('shao', '邵玉芬', 'F', '1958-03-17', JAN, '换了一种特药：原来那单退回一盒后结束，新的一单在审'),
  persona('tang', '唐雅琴', 'F', '1970-04-09', JAN, '进行中：CAR-T 已回输，病程管理（日记、问卷、回访）'),
  persona('xue', '薛国栋', 'M', '1962-08-30', JAN, '进行中：CAR-T 专家会审'),
  persona('tian', '田淑华', 'F', '1958-12-05', JAN, 'CAR-T 不适合：已电话说明并推荐临床试验，不计使用'),
  persona('sang', '桑晓琳', 'F', '1989-05-21', JAN, '视频问诊已开通，问过一次，小结在'),
  persona('gong', '贡文博', 'M', '1985-02-14', JAN, '视频问诊已开通，随时可以找医生'),
  persona('pu', '濮月华', 'F', '1978-10-08', JAN, '视频问诊：等待中，已改约到明天'),
  persona('hua', '华若兰', 'F', '1956-06-16', JAN, '进行中：弘爱专家号已约好，今天上午'),
  persona('mao', '毛秋萍', 'F', '1978-02-09', JAN, '进行中：弘爱理赔已递交，等答复'),
  persona('yun', '云秀珍', 'F', '1961-03-19', LONG, '视频问诊昨天到期，今天可以再开通'),
];

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** An invented resident ID with a right check digit (GB 11643); region 999999 does not exist. */
export function idNumberOf(person: Persona): string {
  if (person.idType === 'passport') return `E9${person.phone.slice(-7)}`;
  const sequence = String(Number(person.phone.slice(-3)) * 2 + (person.sex === 'M' ? 1 : 0))
    .padStart(3, '0')
    .slice(-3);
  const body = `999999${person.bornOn.replaceAll('-', '')}${sequence}`;
  const sum = [...body].reduce((total, digit, i) => total + Number(digit) * WEIGHTS[i]!, 0);
  return body + '10X98765432'[sum % 11];
}

/** What a caller says who is who she says she is: three right answers. */
export const rightAnswers = (person: Persona): { code: string; value: string }[] => [
  { code: 'born-on', value: person.bornOn },
  { code: 'policy-number', value: person.policyNo },
  { code: 'id-last-six', value: idNumberOf(person).slice(-6) },
];
