import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { post } from '../../shared/api.ts';
import type { SessionView, SignInResult } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';
import { TotpSetUp } from './TotpSetUp.tsx';

type Entry = { email: string; password: string; totp?: string };

/** E-mail and password; the second factor is asked for, or set up, when the server says so. */
export function PasswordForm({ onSignedIn }: { onSignedIn: (session: SessionView) => void }) {
  const [form] = Form.useForm<Entry>();
  const [step, setStep] = useState<{ needs: 'totp' | 'totp-setup'; otpauth?: string } | null>(null);
  const signIn = useAction((entry: Entry, key) => post<SignInResult>('/api/session/password', entry, key), {
    onDone: (result) => {
      if (result.session) onSignedIn(result.session);
      else if (result.needs === 'totp' || result.needs === 'totp-setup')
        setStep((now) => ({ needs: result.needs as 'totp' | 'totp-setup', otpauth: result.otpauth ?? now?.otpauth }));
    },
  });
  const attempts = signIn.output?.attemptsLeft;
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={() => {
        // Fields of an earlier step are no longer mounted as required; the whole entry goes each time.
        const { email, password, totp } = form.getFieldsValue(true) as Entry;
        signIn.start({ email: email.trim(), password, ...(totp ? { totp } : {}) });
      }}
    >
      <h2>{step ? m.console_totp_title() : m.console_signin_title()}</h2>
      {step ? (
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
      {signIn.error ? (
        <Alert type="error" showIcon role="alert" title={problemText(signIn.error)} style={{ marginBottom: 12 }} />
      ) : null}
      {attempts !== undefined && !signIn.error ? (
        <p className="meta">{m.console_attempts({ n: String(attempts) })}</p>
      ) : null}
      <Button type="primary" htmlType="submit" block loading={signIn.running}>
        {step ? m.console_totp_submit() : m.console_signin_submit()}
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
