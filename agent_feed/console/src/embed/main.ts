import '../styles/tokens.css';
import '../styles/base.css';

import { mount } from 'svelte';

import Panel from './Panel.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('The page has no place for the panel.');

mount(Panel, { target });
