import { Alert, Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { ApiProblem, post } from '../../shared/api.ts';
import type { SessionView, SignInResult } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';
import { TotpSetUp } from './TotpSetUp.tsx';

type Entry = { email: string; password: string; totp?: string; newPassword?: string };
/** What is asked beside e-mail and password: the second factor, its set-up, or another password for a temporary one. */
type Step = { needs: 'totp' | 'totp-setup' | 'new-password'; otpauth?: string };

const TITLES = {
  password: m.console_signin_title,
  'new-password': m.console_new_password_title,
  totp: m.console_totp_title,
  'totp-setup': m.console_totp_title,
};

/** E-mail and password; the second factor is asked for, or set up, when the server says so. */
export function PasswordForm({ onSignedIn }: { onSignedIn: (session: SessionView) => void }) {
  const [form] = Form.useForm<Entry>();
  const [step, setStep] = useState<Step | null>(null);
  const signIn = useAction(
    (entry: Entry, key) =>
      post<SignInResult>(entry.newPassword ? '/api/session/password/change' : '/api/session/password', entry, key),
    {
      onDone: (result) => {
        if (result.session) onSignedIn(result.session);
        else if (result.needs === 'totp' || result.needs === 'totp-setup')
          setStep((now) => ({ needs: result.needs as 'totp' | 'totp-setup', otpauth: result.otpauth ?? now?.otpauth }));
      },
    },
  );
  const error = signIn.error;
  const temporary = error instanceof ApiProblem && error.code === 'new-password-needed';
  useEffect(() => {
    if (temporary) setStep({ needs: 'new-password' });
  }, [temporary]);
  const attempts = signIn.output?.attemptsLeft;
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={() => {
        // Fields of an earlier step are no longer mounted as required; the whole entry goes each time.
        const { email, password, totp, newPassword } = form.getFieldsValue(true) as Entry;
        signIn.start({
          email: email.trim(),
          password,
          ...(totp ? { totp } : {}),
          ...(newPassword ? { newPassword } : {}),
        });
      }}
    >
      <h2>{TITLES[step?.needs ?? 'password']()}</h2>
      {step?.needs === 'new-password' ? (
        <Form.Item
          name="newPassword"
          label={m.console_new_password()}
          extra={m.console_new_password_what()}
          rules={[{ required: true, message: m.fault_required() }]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
      ) : step ? (
        <>
          {step.needs === 'totp-setup' && step.otpauth ? <TotpSetUp otpauth={step.otpauth} /> : null}
          <Form.Item
            name="totp"
            label={m.console_totp_code()}
            rules={[{ required: true, pattern: /^\d{6}$/, message: m.console_totp_six() }]}
          >
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus />
          </Form.Item>
        </>
      ) : (
        <>
          <Form.Item
            name="email"
            label={m.console_email()}
            rules={[{ required: true, type: 'email', message: m.console_email_wrong() }]}
          >
            <Input autoComplete="username" inputMode="email" maxLength={200} />
          </Form.Item>
          <Form.Item
            name="password"
            label={m.console_password()}
            rules={[{ required: true, message: m.fault_required() }]}
          >
            <Input.Password autoComplete="current-password" maxLength={200} />
          </Form.Item>
        </>
      )}
      {error && !temporary ? (
        <Alert type="error" showIcon role="alert" title={problemText(error)} style={{ marginBottom: 12 }} />
      ) : null}
      {attempts !== undefined && !error ? <p className="meta">{m.console_attempts({ n: String(attempts) })}</p> : null}
      <Button type="primary" htmlType="submit" block loading={signIn.running}>
        {step?.needs === 'new-password' ? m.save() : step ? m.console_totp_submit() : m.console_signin_submit()}
      </Button>
      {step ? (
        <Button
          type="link"
          block
          onClick={() => {
            setStep(null);
            form.resetFields();
            signIn.reset();
          }}
        >
          {m.console_signin_other()}
        </Button>
      ) : null}
    </Form>
  );
}
