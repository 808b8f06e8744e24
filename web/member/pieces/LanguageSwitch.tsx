import { Languages } from 'lucide-react';
import { getLocale, setLocale } from '../../shared/paraglide/runtime.js';

/** The other language, named in itself. The page is read anew, since the server's words change with it. */
export function LanguageSwitch() {
  const other = getLocale() === 'en' ? 'zh-CN' : 'en';
  return (
    <button type="button" lang={other} className="link" onClick={() => void setLocale(other)}>
      <Languages aria-hidden className="size-4" />
      {other === 'en' ? 'English' : '中文'}
    </button>
  );
}
