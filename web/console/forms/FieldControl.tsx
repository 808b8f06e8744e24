import { Checkbox, DatePicker, Input, Radio, Select } from 'antd';
import dayjs from 'dayjs';
import type { Field } from '../../shared/form/fields.ts';
import type { Value } from '../../shared/form/values.ts';
import type { RequestForm } from '../../shared/types.ts';
import { m } from '../messages.ts';
import { InsertPhrase } from '../phrases/InsertPhrase.tsx';
import { keepEnter } from './keep-enter.ts';
import { ListField } from './ListField.tsx';
import { SlotField } from './SlotField.tsx';
import { StaffField } from './StaffField.tsx';

/** What references may point at on this screen; lists and staff are asked of the server. */
export type FormSources = {
  papers: { id: string; kind: string; label: string }[];
  /** The kinds of paper that may be asked for (`paper:kind`). */
  paperKinds: { kind: string; name: string }[];
  persons: { id: string; name: string }[];
  /** The case that a list is asked for: what suits it comes first. */
  caseId?: string;
  illnesses: NonNullable<RequestForm['illnesses']>;
  /** The case whose phrases may be put into its texts, where the caller writes with phrases; of a call or not. */
  phrases?: { caseId: string; call: boolean };
};

export type FieldControlProps = {
  id: string;
  field: Field;
  value: Value;
  onChange: (value: Value) => void;
  sources: FormSources;
  invalid: boolean;
};

/** Up to this many choices all stand in view; more are a list to search. */
const RADIO_LIMIT = 4;

/** The control for one field of the form vocabulary. */
export function FieldControl(props: FieldControlProps) {
  const { id, field, value, onChange, invalid } = props;
  const status = invalid ? ('error' as const) : undefined;
  const text = typeof value === 'string' ? value : '';
  if (field.many && field.kind !== 'choice' && field.kind !== 'reference')
    return (
      <Select
        id={id}
        mode="tags"
        open={false}
        status={status}
        value={Array.isArray(value) ? value : []}
        placeholder={field.kind === 'day' ? 'YYYY-MM-DD' : m.console_form_many()}
        onChange={onChange}
      />
    );
  switch (field.kind) {
    case 'boolean':
      // A tick cannot tell "no" from "not answered": what must be answered has both answers in view.
      if (field.required)
        return (
          <Radio.Group
            id={id}
            aria-label={field.title}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            options={[
              { value: true, label: m.yes() },
              { value: false, label: m.no() },
            ]}
          />
        );
      return (
        <Checkbox id={id} checked={value === true} onChange={(event) => onChange(event.target.checked)}>
          {field.title}
        </Checkbox>
      );
    case 'multiline':
      return (
        <>
          <Input.TextArea
            id={id}
            value={text}
            status={status}
            autoSize={{ minRows: 3, maxRows: 10 }}
            style={field.maxLength === undefined ? undefined : { marginBottom: 20 }}
            maxLength={field.maxLength}
            showCount={field.maxLength !== undefined}
            onChange={(event) => onChange(event.target.value)}
          />
          {props.sources.phrases ? (
            <InsertPhrase
              caseId={props.sources.phrases.caseId}
              use={!field.internal ? 'member' : props.sources.phrases.call ? 'call' : 'note'}
              onInsert={(phrase) => onChange(joined(text, phrase).slice(0, field.maxLength))}
            />
          ) : null}
        </>
      );
    case 'integer':
      return (
        <Input
          id={id}
          value={text}
          status={status}
          inputMode="numeric"
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'money':
      return (
        <Input
          id={id}
          value={text}
          status={status}
          prefix="¥"
          inputMode="decimal"
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'day':
      return (
        <DatePicker
          onKeyDown={keepEnter}
          id={id}
          style={{ width: '100%' }}
          status={status}
          value={text ? dayjs(text) : null}
          onChange={(picked) => onChange(picked ? picked.format('YYYY-MM-DD') : '')}
        />
      );
    case 'moment':
      return (
        <DatePicker
          onKeyDown={keepEnter}
          id={id}
          style={{ width: '100%' }}
          status={status}
          showTime={{ format: 'HH:mm', minuteStep: 5 }}
          format="YYYY-MM-DD HH:mm"
          value={text ? dayjs(text) : null}
          onChange={(picked) => onChange(picked ? picked.format('YYYY-MM-DDTHH:mm') : '')}
        />
      );
    case 'choice':
      return <Choice {...props} />;
    case 'reference':
      return <Reference {...props} />;
    default:
      return (
        <Input
          id={id}
          value={text}
          status={status}
          maxLength={field.maxLength}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

/** A phrase stands on a line of its own behind what is written. */
const joined = (text: string, phrase: string): string => (text.trim() ? `${text.trimEnd()}\n${phrase}` : phrase);

function Choice({ id, field, value, onChange, invalid }: FieldControlProps) {
  if (!field.many && field.options.length <= RADIO_LIMIT)
    return (
      <Radio.Group id={id} aria-label={field.title} value={value} onChange={(event) => onChange(event.target.value)}>
        {field.options.map((option) => (
          <Radio key={option.value} value={option.value}>
            {option.label}
          </Radio>
        ))}
      </Radio.Group>
    );
  return (
    <Select
      id={id}
      status={invalid ? 'error' : undefined}
      mode={field.many ? 'multiple' : undefined}
      allowClear={!field.required}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={m.choose()}
      value={value === '' ? undefined : value}
      options={field.options}
      onChange={(picked) => onChange(picked ?? '')}
    />
  );
}

function Reference(props: FieldControlProps) {
  const { id, field, value, onChange, sources, invalid } = props;
  const reference = field.reference!;
  if (reference.to === 'list')
    return (
      <ListField
        id={id}
        list={reference.list}
        value={value}
        onChange={onChange}
        many={field.many}
        required={field.required}
        invalid={invalid}
        {...(sources.caseId ? { caseId: sources.caseId } : {})}
      />
    );
  if (reference.to === 'slot') return <SlotField {...props} caseId={sources.caseId ?? ''} />;
  if (reference.to === 'staff') return <StaffField {...props} role={reference.role} />;
  // A schema that names the choices itself (the plan's illnesses) is taken at its word.
  const options = field.options.length > 0 ? field.options : optionsOf(reference, sources);
  if (reference.to === 'illness' && options.length === 0)
    return (
      <Input
        id={id}
        value={typeof value === 'string' ? value : ''}
        status={invalid ? 'error' : undefined}
        placeholder={m.console_form_illness_code()}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  return (
    <Select
      id={id}
      status={invalid ? 'error' : undefined}
      mode={field.many ? 'multiple' : undefined}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={!field.required}
      placeholder={m.choose()}
      notFoundContent={m.console_form_nothing()}
      value={value === '' ? undefined : value}
      options={options}
      onChange={(picked) => onChange(picked ?? '')}
    />
  );
}

function optionsOf(
  reference: NonNullable<Field['reference']>,
  sources: FormSources,
): { value: string; label: string }[] {
  if (reference.to === 'person') return sources.persons.map(({ id, name }) => ({ value: id, label: name }));
  if (reference.to === 'illness') return sources.illnesses.map(({ code, name }) => ({ value: code, label: name }));
  if (reference.to !== 'paper') return [];
  if (reference.kind === 'kind') return sources.paperKinds.map(({ kind, name }) => ({ value: kind, label: name }));
  return sources.papers
    .filter((paper) => reference.kind === '' || reference.kind === 'any' || paper.kind === reference.kind)
    .map((paper) => ({ value: paper.id, label: paper.label }));
}
