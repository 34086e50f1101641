import './styles/tokens.css';
import './styles/base.css';

import { mount } from 'svelte';

import Console from './Console.svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('The page has no place for the console.');

mount(Console, { target });
