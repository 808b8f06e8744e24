import { Alert, App, Form, Modal } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { post } from '../../shared/api.ts';
import type { Schema } from '../../shared/form/fields.ts';
import { keys } from '../../shared/keys.ts';
import type { HospitalPackageView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { markOptional } from '../forms/mark-optional.tsx';
import { SchemaFields, useSchemaForm } from '../forms/SchemaForm.tsx';
import { m } from '../messages.ts';

const SOURCES = { papers: [], paperKinds: [], persons: [], illnesses: [] };

/** The package in the form vocabulary. Its name is what it is booked by: another name is another package. */
function schemaOf(before: HospitalPackageView | null): Schema {
  const text = (title: string, start: string | undefined, maxLength: number, more: object = {}) => ({
    type: 'string',
    title,
    maxLength,
    ...(start ? { default: start } : {}),
    ...more,
  });
  return {
    type: 'object',
    required: before ? ['includes'] : ['name', 'includes'],
    properties: {
      ...(before ? {} : { name: text(m.console_hospital_package_name(), undefined, 60) }),
      forWhom: text(m.console_hospital_package_for(), before?.forWhom, 200),
      includes: text(m.console_hospital_package_includes(), before?.includes.join('、'), 2000, { 'x-multiline': true }),
      prepare: text(m.console_hospital_package_prepare(), before?.prepare, 500, { 'x-multiline': true }),
      price: {
        type: 'integer',
        'x-money': true,
        title: m.console_hospital_package_price(),
        minimum: 0,
        maximum: 100_000_000,
        ...(before && before.price !== null ? { default: before.price } : {}),
      },
      place: text(m.console_hospital_package_place(), before?.place, 100),
    },
  };
}

/** Adds a package (`before` null) or changes one. */
export function PackageForm({ before, onClose }: { before: HospitalPackageView | null; onClose: () => void }) {
  const { message } = App.useApp();
  const schema = useMemo(() => schemaOf(before), [before]);
  const form = useSchemaForm(schema);
  const [rest, setRest] = useState<string[]>([]);
  const save = useAction((body: object, key) => post('/api/hospital/packages', body, key), {
    refresh: [keys.hospitalPackages, ['hospital-day']],
    onDone: () => {
      void message.success(m.console_hospital_package_saved());
      onClose();
    },
  });
  const place = useRef(form.place);
  place.current = form.place;
  useEffect(() => {
    if (save.error) setRest(place.current(save.error));
  }, [save.error]);
  const submit = () => {
    const payload = form.check();
    if (!payload) return;
    const includes = String(payload.includes)
      .split(/[、\n]/)
      .map((one) => one.trim())
      .filter(Boolean);
    save.start({ ...payload, ...(before ? { name: before.name } : {}), includes });
  };
  const title = before ? m.console_hospital_package_edit_of({ name: before.name }) : m.console_hospital_package_add();
  return (
    <Modal
      open
      title={title}
      okText={m.console_hospital_package_save()}
      cancelText={m.cancel()}
      confirmLoading={save.running}
      onOk={submit}
      onCancel={onClose}
    >
      <Form layout="vertical" requiredMark={markOptional} onFinish={submit}>
        <SchemaFields form={form} sources={SOURCES} idPrefix="package" />
        {save.error ? (
          <Alert
            type="error"
            showIcon
            role="alert"
            title={rest.length > 0 ? rest.join(m.console_and()) : problemText(save.error)}
          />
        ) : null}
      </Form>
    </Modal>
  );
}
