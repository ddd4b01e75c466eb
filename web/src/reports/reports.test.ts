// When schedules run, in words and in lines; and where reports are read.
import { beforeEach, describe, expect, it } from 'vitest';
import { language } from '../tongue';
import { read, route } from '../route';
import { scheduleOf } from './form';
import { cronOf, readCron, whenSaid } from './cron';
import { previewAddress, reportAddress } from './types';

describe('a schedule', () => {
  beforeEach(() => {
    language.value = 'en';
  });

  it('is written from a time and days, and read again', () => {
    expect(cronOf('06:30', ['FRI', 'MON'])).toBe('30 6 * * MON,FRI');
    expect(cronOf('18:00', [])).toBe('0 18 * * *');
    expect(readCron('30 6 * * MON,FRI')).toEqual({ time: '06:30', days: ['MON', 'FRI'], date: null });
  });

  it('is said in words where that is short', () => {
    expect(['0 6 * * *', '0 0 7 * * *', '30 6 * * MON,FRI', '0 8 1 * *'].map(whenSaid)).toEqual([
      'every day at 06:00',
      'every day at 07:00',
      'Monday, Friday at 06:30',
      'on day 1 of each month at 08:00',
    ]);
  });

  it('is made of the fields of its form', () => {
    const form = new FormData();
    for (const [name, value] of [['title', 'Weekly'], ['time', '06:00'], ['day', 'MON'], ['time_zone', 'Asia/Damascus'], ['language', 'ar'], ['period_days', '7'], ['format', 'html'], ['recipient', 'RE-1']] as const) form.append(name, value);
    expect(scheduleOf(form)).toEqual({
      title: 'Weekly', cron: '0 6 * * MON', time_zone: 'Asia/Damascus', language: 'ar', period_days: 7, formats: ['html'], recipients: ['RE-1'], paused: false,
    });
  });

  it('stands as it is where words would be long', () => {
    expect(whenSaid('*/5 6-8 * 1 *')).toBe('*/5 6-8 * 1 *');
    expect(readCron('0 6 * * 1-5')).toBeNull();
  });
});

describe('the address of a report', () => {
  it('carries the clocks for a preview, and none for what was sent', () => {
    route.value = read('#/reports?as_of=2016-05-01');
    expect(previewAddress('html', 'ar', '14')).toBe('/api/v1/reports/preview?as_of=2016-05-01&format=html&language=ar&period_days=14');
    expect(reportAddress('daily', '2016-07-26T04:00:00Z', 'text', null)).toBe('/api/v1/reports/daily/2016-07-26T04%3A00%3A00Z?format=text');
    expect(reportAddress('a b', '2016-07-26T04:00:00Z', 'html', 'ocha')).toBe('/api/v1/reports/a%20b/2016-07-26T04%3A00%3A00Z?format=html&recipient=ocha');
  });
});
