import { checkCharts } from '#tests/support/chart-checks.ts';
import { JOURNEYS } from './registry.ts';

// Every other chart; the rest stand in charts.test.ts, so that two threads walk them.
checkCharts(JOURNEYS.filter((_, i) => i % 2 === 1));
