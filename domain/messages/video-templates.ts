import { OUTSIDE, template } from './template.ts';

/** Messages of the video consultation: opening, lapse, the wait, another time, the note. */
export const VIDEO_TEMPLATES = {
  'video-opening': template(
    [
      '正在开通视频问诊',
      '{person}的视频问诊正在开通，编号 {number}。开通要等服务商的系统确认，可能要一些时间，开通后马上告诉您。有问题请拨打 {hotline}。',
    ],
    [
      'Video consultation is being opened',
      'Video consultation for {person} is being opened, number {number}. The provider’s system has to acknowledge it, which may take a while; you hear from us as soon as it is open. Questions: {hotline}.',
    ],
    OUTSIDE.news,
  ),
  'video-to-open': template(
    ['有一份开通待确认', '{number} 等您确认开通，请在{due}前完成。'],
    ['An opening waits to be acknowledged', '{number} waits for you to acknowledge the opening by {due}.'],
    OUTSIDE.staff,
  ),
  'video-opening-late': template(
    [
      '开通还要一些时间',
      '视频问诊（{number}）还没有开通：数据传输比平时慢，我们在继续。您不用做什么，开通后马上告诉您。急症请拨打 120。',
    ],
    [
      'The opening takes longer',
      'Video consultation ({number}) is not open yet: the transfer of data is slower than usual and goes on. There is nothing for you to do. In an emergency call 120.',
    ],
    OUTSIDE.news,
  ),
  'video-opened': template(
    [
      '视频问诊已开通',
      '{person}的视频问诊已开通，用到{until}为止（含当天）。有问题随时找医生，不限次数。急症请拨打 120。',
    ],
    [
      'Video consultation is open',
      'Video consultation for {person} is open until {until}, that day included. Ask a doctor whenever you like, as often as you like. In an emergency call 120.',
    ],
    OUTSIDE.news,
  ),
  'video-lapses-soon': template(
    [
      '视频问诊快到期了',
      '{person}的视频问诊用到{until}为止。从{closesOn}起可以再申请，那天打开页面点一下就行，再用一年。',
    ],
    [
      'Video consultation ends soon',
      'Video consultation for {person} can be used until {until}. From {closesOn} on you can apply for another year with one tap.',
    ],
    OUTSIDE.news,
  ),
  'video-lapsed': template(
    ['视频问诊已到期', '{person}的视频问诊已到期。现在就可以再申请，开通后再用一年。'],
    [
      'Video consultation has lapsed',
      'Video consultation for {person} has lapsed. You can apply again now; once opened it holds for another year.',
    ],
    OUTSIDE.action,
  ),
  'video-doctor-there': template(
    ['医生在等您', '{number}：医生已接诊，请马上打开页面进入诊室。连不上可以改用电话，或拨打 {hotline}。'],
    [
      'The doctor is waiting for you',
      '{number}: a doctor took your call. Please open the page and enter the room now. If it does not connect, go on by telephone or call {hotline}.',
    ],
    OUTSIDE.action,
  ),
  'video-doctor-dropped': template(
    ['正在为您换一位医生', '{number}：医生掉线或不能继续，正在为您换一位医生，您排在最前。请留在页面上。'],
    [
      'Another doctor is being found',
      '{number}: the doctor dropped or could not go on. Another is being found and you are first in line. Please stay on the page.',
    ],
    OUTSIDE.news,
  ),
  'video-missed': template(
    ['医生来过，没有等到您', '{number}：医生来过，没有等到您。24 小时内打开页面点“继续问诊”，您排在最前。'],
    [
      'The doctor came and could not reach you',
      '{number}: a doctor came and could not reach you. Within 24 hours open the page and come back; you are first in line.',
    ],
    OUTSIDE.action,
  ),
  'video-time-offered': template(
    ['医生要改时间，请您答复', '{number}：建议改到{visitAt}。请在{answerBy}前答复；不同意就继续为您找医生。'],
    [
      'Another time is offered',
      '{number}: {visitAt} is suggested. Please answer by {answerBy}; if it does not suit, we go on looking for a doctor.',
    ],
    OUTSIDE.action,
  ),
  'video-time-agreed': template(
    ['时间已约好', '{number}：约在{visitAt}。到时间打开页面，医生会接入。'],
    ['A time is agreed', '{number}: agreed for {visitAt}. Open the page then; a doctor joins.'],
    OUTSIDE.news,
  ),
  'video-time-soon': template(
    ['问诊时间快到了', '{number}：约在{visitAt}，请提前几分钟打开页面，检查摄像头和麦克风。'],
    [
      'Your consultation is near',
      '{number}: agreed for {visitAt}. Please open the page a few minutes before and check camera and microphone.',
    ],
    OUTSIDE.action,
  ),
  'video-time-came': template(
    ['到约好的时间了', '{number}：正在为您接医生，您排在最前，请打开页面。'],
    ['It is time', '{number}: a doctor is being found, you are first in line. Please open the page.'],
    OUTSIDE.action,
  ),
  'video-note-ready': template(
    ['问诊小结到了', '{number} 的问诊小结已发给您。24 小时内可以向医生追问一次，也请评价这次问诊。'],
    [
      'The note of your consultation is there',
      'The note of {number} is there for you to read. Within 24 hours you can ask the doctor one further question; please rate the consultation too.',
    ],
    OUTSIDE.news,
  ),
  'video-follow-up-answered': template(
    ['医生答复了您的追问', '{number}：医生答复了您的追问，请登录查看。愿意的话，请评价这次问诊。'],
    [
      'The doctor has answered',
      '{number}: the doctor has answered your question. Please sign in to read it and, if you like, rate the consultation.',
    ],
    OUTSIDE.news,
  ),
  'video-nobody-yet': template(
    ['有会员等了 2 分钟还没有医生', '{number} 还没有医生接诊，3 分钟的承诺快到了。请看问诊看板，叫备班医生。'],
    [
      'A member has waited without a doctor',
      '{number} has no doctor yet and the promised three minutes are nearly over. Look at the board and call the standby doctors.',
    ],
    OUTSIDE.staff,
  ),
  'video-standby': template(
    ['请上线接诊', '现在排队的会员多于在线医生，您是备班医生，请打开工作台上线。'],
    [
      'Please come on duty',
      'More members wait than doctors are there. You are on standby: please open your desk and go on duty.',
    ],
    OUTSIDE.staff,
  ),
  'video-off-duty': template(
    ['已为您下线', '连续几次派诊没有答复，已把您下线，免得会员等。回来后请重新上线。'],
    [
      'You are off duty now',
      'Several offers in a row were not answered, so you are off duty and no member waits in vain. Go on duty again when you are back.',
    ],
    OUTSIDE.staff,
  ),
};
