/** The shapes of contract/ as the pages use them. Types only: no schema and no validator reaches the browser. */
import type { z } from 'zod';
import type * as Aid from '#contract/aid.ts';
import type * as Benefits from '#contract/benefits.ts';
import type * as Calls from '#contract/call-backs.ts';
import type * as Cases from '#contract/cases.ts';
import type * as Common from '#contract/common.ts';
import type * as Complaints from '#contract/complaints.ts';
import type * as Courses from '#contract/courses.ts';
import type * as Hospital from '#contract/hospital.ts';
import type * as Images from '#contract/images.ts';
import type * as Operations from '#contract/operations.ts';
import type * as People from '#contract/people.ts';
import type * as Settlements from '#contract/settlement.ts';
import type * as Signatures from '#contract/signatures.ts';
import type * as Video from '#contract/video.ts';
import type * as WeChat from '#contract/wechat.ts';
import type * as Work from '#contract/work.ts';

export type ListOf<T> = { items: T[]; next: string | null };
type Of<T extends z.ZodType> = z.infer<T>;

export type Reason = Of<typeof Common.Reason>;
export type Outcome = Of<typeof Common.Outcome>;
export type Role = Common.Role;
export type ClockView = Of<typeof Common.ClockView>;
export type AllowedEvent = Of<typeof Common.AllowedEvent>;
export type ProblemDocument = Common.ProblemDocument;

export type PersonRef = Of<typeof Cases.PersonRef>;
export type PaperView = Of<typeof Cases.PaperView>;
export type PaperNeed = Of<typeof Cases.PaperNeed>;
export type TimelineEntry = Of<typeof Cases.TimelineEntry>;
export type Turn = Of<typeof Cases.Turn>;
export type UseView = Of<typeof Cases.UseView>;
export type ImageList = Of<typeof Images.ImageList>;
export type CaseSummary = Of<typeof Cases.CaseSummary>;
export type CaseView = Of<typeof Cases.CaseView>;
/** What a request body may leave out is optional here: the server fills in the defaults. */
export type CreateCase = z.input<typeof Cases.CreateCase>;
export type IllnessInput = z.input<typeof Cases.IllnessInput>;
export type ApplicantInput = z.input<typeof Cases.ApplicantInput>;
export type ConsentInput = Of<typeof Cases.ConsentInput>;
export type CreatedCase = Of<typeof Cases.CreatedCase>;
export type AidView = Of<typeof Aid.AidView>;
export type SlotView = Hospital.SlotView;
export type DeskSlot = Hospital.DeskSlot;
export type HospitalDay = Hospital.HospitalDay;
export type CourseView = Of<typeof Courses.CourseView>;
export type InformedConsentView = Signatures.InformedConsentView;
export type CaseSettlement = Settlements.CaseSettlement;
export type StatementSummary = Settlements.StatementSummary;
export type StatementView = Settlements.StatementView;
export type StatementLine = Settlements.StatementLine;
export type InvoiceReport = Of<typeof Settlements.InvoiceReport>;
export type SettlementFlag = Settlements.SettlementFlag;
export type RequestForm = Of<typeof Cases.RequestForm>;
export type BenefitCard = Of<typeof Benefits.BenefitCard>;
export type DecisionRequest = z.input<typeof Cases.DecisionRequest>;
export type DecisionView = Of<typeof Cases.DecisionView>;

export type VideoView = Video.VideoView;
export type VideoStanding = Video.VideoStanding;
export type EmergencyWords = Video.EmergencyWords;
export type DoctorDesk = Video.DoctorDesk;
export type VideoHistory = Video.VideoHistory;
export type VideoBoard = Video.VideoBoard;
export type Roster = Video.Roster;

export type WorkItem = Of<typeof Work.WorkItem>;
export type WorkList = Of<typeof Work.WorkList>;
export type WorkChoice = Of<typeof Work.Choice>;
export type DueBand = Work.DueBand;
export type HandOver = z.input<typeof Work.HandOver>;
export type CaseOutcome = Of<typeof Work.CaseOutcome>;
export type PhraseUse = Work.PhraseUse;
export type PhraseInput = Of<typeof Work.PhraseInput>;
export type PhraseView = Of<typeof Work.PhraseView>;
export type FilledPhrase = Of<typeof Work.FilledPhrases>['items'][number];

export type WeChatView = Of<typeof WeChat.WeChatView>;
export type BoundWeChat = Of<typeof WeChat.BoundWeChat>;
export type PageConfig = Of<typeof WeChat.PageConfig>;

export type SessionView = Of<typeof People.SessionView>;
export type PublicInfo = Of<typeof People.PublicInfo>;
export type SignInResult = Of<typeof People.SignInResult>;
export type SandboxAccount = Of<typeof People.SandboxAccount>;
export type SandboxClock = Of<typeof People.SandboxClock>;
export type SandboxMessage = Of<typeof People.SandboxMessage>;
export type ConsentView = Of<typeof People.ConsentView>;
export type DisclosureView = Of<typeof People.DisclosureView>;
export type DelegationView = Of<typeof People.DelegationView>;
export type InboxMessage = Of<typeof People.InboxMessage>;
export type MinorClosed = Of<typeof People.MinorClosed>;
export type DeskHit = Of<typeof People.DeskHit>;
export type DeskCheck = Of<typeof People.DeskCheck>;
export type DeskResult = Of<typeof People.DeskResult>;
export type PersonFile = Of<typeof People.PersonFile>;
export type AccountView = Of<typeof People.AccountView>;

export type RunningClock = Of<typeof Operations.RunningClock>;
export type BreachView = Of<typeof Operations.BreachView>;
export type ApprovalView = Of<typeof Operations.ApprovalView>;
export type AuditEntry = Of<typeof Operations.AuditEntry>;
export type AuditVerdict = Of<typeof Operations.AuditVerdict>;
export type PlanView = Of<typeof Operations.PlanView>;
export type ListRow = Of<typeof Operations.ListRow>;
export type ListPage = Of<typeof Operations.ListPage>;

export type ComplaintView = Of<typeof Complaints.ComplaintView>;
export type ComplaintSummary = Of<typeof Complaints.ComplaintSummary>;
export type ComplaintFiled = Of<typeof Complaints.ComplaintFiled>;
export type ComplaintRowView = Of<typeof Complaints.ComplaintRowView>;
export type ComplaintFile = Of<typeof Complaints.ComplaintFile>;
export type CallBackView = Of<typeof Calls.CallBackView>;
export type MyCallBacks = Of<typeof Calls.MyCallBacks>;
export type CallBackDesk = Of<typeof Calls.CallBackDesk>;
export type CallBackRow = Of<typeof Calls.CallBackRow>;
