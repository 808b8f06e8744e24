import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { applyModes, followModes, followZoom } from '../shared/modes.ts';
import { getLocale } from '../shared/paraglide/runtime.js';
import { makeQueryClient } from '../shared/query-client.ts';
import { App } from './App.tsx';
import { sweepDrafts } from './data/drafts.ts';
import './style.css';

applyModes();
sweepDrafts(new Date());
followModes();
followZoom();
document.documentElement.lang = getLocale();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={makeQueryClient()}>
      <BrowserRouter>
        <App />
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);
