/** Bodies of the routes around accounts that people.ts does not have: a new password, another role, another number. */
import { z } from 'zod';
import { Role } from './common.ts';
import { AccountView } from './people.ts';

/** Signs in and replaces the password at once; the way out of `new-password-needed`. */
export const ChangePassword = z.strictObject({
  email: z.email().max(200),
  password: z.string().min(1).max(200),
  totp: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
  newPassword: z.string().min(1).max(200),
});
export const SwitchRole = z.strictObject({ role: Role });
/** A new account or a reset: the password is shown this once and only good for choosing another within 3 days. */
export const AccountWithPassword = AccountView.extend({ temporaryPassword: z.string() });

/** The key under which a member's device keeps drafts; 32 bytes in base64, never stored on the device. */
export const DraftKey = z.strictObject({ key: z.string() });
/** A member's own change of number: first ask (codes go to the old and the new number), then give both codes. */
export const AskPhoneChange = z.strictObject({ phone: z.string().min(5).max(20) });
export const ChangePhone = z.strictObject({
  phone: z.string().min(5).max(20),
  oldCode: z.string().regex(/^\d{6}$/),
  newCode: z.string().regex(/^\d{6}$/),
});
/** The hotline's way when the old number is gone: an agent asks within a passed check, a supervisor decides. */
export const AskDeskPhoneChange = z.strictObject({
  phone: z.string().min(5).max(20),
  reason: z.string().min(5).max(500),
});
