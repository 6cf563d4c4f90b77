import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import 'slack-blocks-to-jsx/dist/style.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/conversation.css';
import './styles/composer.css';
import './styles/blocks.css';
import './styles/elements.css';
import './styles/table.css';
import './styles/chart.css';
import './styles/modal.css';
import './styles/home.css';
import './styles/welcome.css';
import { App } from './app.tsx';
import { adoptPermalink } from './store/route.ts';
import { applyTheme, readTheme } from './store/theme.ts';

applyTheme(readTheme());
adoptPermalink();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
