import '../styles/tokens.css';
import '../styles/base.css';

import { mount } from 'svelte';

import { speakBest } from '../texts/languages';

const target = document.getElementById('app');
if (target === null) throw new Error('The page has no place for the panel.');

// The host may say which language its people work in.
await speakBest(new URLSearchParams(location.search).get('lang'));
const { default: Panel } = await import('./Panel.svelte');
mount(Panel, { target });
