import { Button } from 'antd';
import { getLocale, setLocale } from '../../shared/paraglide/runtime.js';

/** The other language, named in itself. */
export function LanguageSwitch() {
  const other = getLocale() === 'en' ? 'zh-CN' : 'en';
  return (
    <Button type="text" lang={other} onClick={() => void setLocale(other)}>
      {other === 'en' ? 'English' : '中文'}
    </Button>
  );
}
