// Reports, schedules, recipients and deliveries as the program tells them, and where reports are read.
import { address } from '../api';

export interface Made {
  schedule: string;
  period_end: string;
  as_of: string;
  known_at: string;
  made_at: string;
  copies: { recipient: string | null; language: string; clearance: string; is_for_recipient: boolean }[];
}
export interface Schedule {
  code: string;
  title?: string | null;
  cron: string;
  time_zone: string;
  language?: string | null;
  period_days?: number | null;
  recipients?: string[] | null;
  formats?: string[] | null;
  paused?: boolean | null;
  version: number;
}
export interface Recipient {
  code: string;
  name: string;
  channel: string;
  address?: string | null;
  language?: string | null;
  clearance?: string | null;
  paused?: boolean | null;
}
export interface Delivery {
  id: string;
  state: string;
  channel: string;
  recipient: string | null;
  schedule: string | null;
  period_end: string | null;
  made_at: string;
  tried_at: string | null;
  next_at: string | null;
  done_at: string | null;
  attempts: number;
  problem: string | null;
}

export const FORMATS = ['html', 'text', 'xlsx', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** A report as it would be made as the clocks are set. */
export const previewAddress = (format: 'html' | 'text' | 'json', language: string, days: string): string =>
  address('/api/v1/reports/preview', { format, language, period_days: days });

/** A report byte for byte as it was sent. */
export const reportAddress = (schedule: string, end: string, format: Format, recipient: string | null): string =>
  address(`/api/v1/reports/${encodeURIComponent(schedule)}/${encodeURIComponent(end)}`, { format, recipient }, false);
