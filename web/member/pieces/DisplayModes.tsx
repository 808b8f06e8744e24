import { useState } from 'react';
import { ELDER_SIZES, type Elder, keepElder, keepShade, readElder, readShade, type Shade } from '../../shared/modes.ts';
import { m } from '../../shared/paraglide/messages.js';
import { Options } from '../form/Control.tsx';
import { FieldGroup } from '../ui/Field.tsx';

const SIZES = { standard: m.elder_standard, large: m.elder_large, largest: m.elder_largest };

/** How this device shows the pages: size of text, light or dark. */
export function DisplayModes() {
  const [shade, setShade] = useState<Shade>(readShade);
  const [elder, setElder] = useState(readElder);
  const show = (next: Elder) => {
    keepElder(next);
    setElder(next);
  };
  return (
    <>
      <FieldGroup label={m.text_size()}>
        <Options
          name="elder"
          options={[
            { value: 'no', label: m.text_normal() },
            { value: 'yes', label: m.text_large() },
          ]}
          chosen={[elder ? 'yes' : 'no']}
          onChoose={(value) => show(value === 'yes' ? 'standard' : '')}
        />
      </FieldGroup>
      {elder && (
        <FieldGroup label={m.elder_size()}>
          <Options
            name="elder-size"
            options={ELDER_SIZES.map((size) => ({ value: size, label: SIZES[size]() }))}
            chosen={[elder]}
            onChoose={(value) => show(value as Elder)}
          />
        </FieldGroup>
      )}
      <FieldGroup label={m.shade()}>
        <Options
          name="shade"
          options={[
            { value: 'auto', label: m.shade_auto() },
            { value: 'light', label: m.shade_light() },
            { value: 'dark', label: m.shade_dark() },
          ]}
          chosen={[shade]}
          onChoose={(value) => {
            keepShade(value as Shade);
            setShade(value as Shade);
          }}
        />
      </FieldGroup>
    </>
  );
}
