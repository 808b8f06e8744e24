import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import en from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { getLocale } from '../shared/paraglide/runtime.js';
import { makeQueryClient } from '../shared/query-client.ts';
import '../shared/tokens.css';
import './console.css';
import './narrow.css';
import './pieces.css';
import { m } from './messages.ts';
import { ConsoleRoutes } from './routes.tsx';
import { theme } from './theme.ts';
import { consoleBase } from './urls.ts';

// Changing the language reloads the page, so it is read once.
const locale = getLocale();
dayjs.locale(locale === 'en' ? 'en' : 'zh-cn');
document.documentElement.lang = locale;
document.title = m.console_title();

/** Lists that open stay within the landmark that they belong to, so that a screen reader does not lose its place. */
const popupHome = (from?: HTMLElement) =>
  from?.closest<HTMLElement>('.ant-modal-body, .ant-drawer-body, main, header') ?? document.body;

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={makeQueryClient()}>
      <ConfigProvider
        locale={locale === 'en' ? en : zhCN}
        theme={theme}
        button={{ autoInsertSpace: false }}
        getPopupContainer={popupHome}
      >
        <AntApp>
          <BrowserRouter basename={consoleBase(location.pathname)}>
            <ConsoleRoutes />
          </BrowserRouter>
        </AntApp>
      </ConfigProvider>
    </QueryClientProvider>
  </StrictMode>,
);
