/** What a stable problem code means on the wire: HTTP status and title. */
export interface ProblemMeaning {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
  /** Seconds after which the same request may be sent again, told as Retry-After. */
  readonly retryAfter?: number;
}

/**
 * Every code a problem document may carry, in one table; a code that is not here does not compile. Titles say what
 * happened in words a member understands; what to do stands in `detail`.
 */
export const problemCodes = {
  'invalid-request': { status: 400, zh: '请求的内容不正确', en: 'The request is not valid' },
  'malformed-json': { status: 400, zh: '请求不是有效的 JSON', en: 'The request is not valid JSON' },
  'sign-in-needed': { status: 401, zh: '请先登录', en: 'Please sign in' },
  'wrong-signature': { status: 401, zh: '签名不对，或已过时', en: 'The signature is not right, or too old' },
  'not-allowed': { status: 403, zh: '您没有权限这样做', en: 'You may not do this' },
  'not-for-this-role': { status: 403, zh: '当前角色不能这样做', en: 'Not for the role you are using' },
  'desk-check-needed': { status: 403, zh: '请先核实来电人身份', en: 'Check the caller first' },
  'minor-approval-needed': {
    status: 403,
    zh: '查看未成年人资料须先经主管同意',
    en: 'A supervisor has to agree before a minor’s file is opened',
  },
  'wrong-origin': { status: 403, zh: '请求来自其他网站', en: 'The request comes from another site' },
  'not-found': { status: 404, zh: '没有找到', en: 'Not found' },
  'method-not-allowed': { status: 405, zh: '不支持该操作', en: 'This method is not supported here' },
  conflict: { status: 409, zh: '与现有记录冲突', en: 'This conflicts with what is on file' },
  stale: { status: 409, zh: '内容已被更新，请刷新后再试', en: 'It was changed meanwhile; reload and try again' },
  'same-person': { status: 409, zh: '须由另一人决定', en: 'Somebody else has to decide this' },
  'not-possible-now': { status: 409, zh: '目前不能这样做', en: 'This is not possible now' },
  refused: { status: 409, zh: '不符合服务条件', en: 'The conditions of the service are not met' },
  'too-large': { status: 413, zh: '内容过大', en: 'Too large' },
  'wrong-media-type': { status: 415, zh: '不支持的文件或内容类型', en: 'This type of content is not accepted' },
  'new-password-needed': { status: 409, zh: '请先设置新密码', en: 'Choose a new password first' },
  'wrong-credentials': { status: 422, zh: '信息不正确，请核对后重试', en: 'That is not right; check it and try again' },
  'clock-backwards': { status: 422, zh: '时间只能向前移动', en: 'Time moves only forward' },
  'key-reused': {
    status: 422,
    zh: '同一个请求编号已用于其他内容',
    en: 'The idempotency key was used for another request',
  },
  'not-acceptable': { status: 422, zh: '填写的内容有误', en: 'What was entered cannot be accepted' },
  'file-locked': {
    status: 423,
    zh: '核实失败次数过多，该档案今日已锁定',
    en: 'Too many failed checks; the file is locked for today',
  },
  'too-many-requests': { status: 429, zh: '操作过于频繁，请稍后再试', en: 'Too many attempts; try again later' },
  'internal-error': { status: 500, zh: '系统出错了，我们已经记录', en: 'Something went wrong on our side' },
  'not-ready': { status: 503, retryAfter: 5, zh: '系统暂时不可用', en: 'The service is not available now' },
} as const satisfies Record<string, ProblemMeaning>;

export type ProblemCode = keyof typeof problemCodes;
