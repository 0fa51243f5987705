import { mailboxField } from '../../kit/fields/mailbox';
import { calendarField } from './calendar';
import { eventField } from './event';

/** Which calendar an operation works on. */
export const inCalendar = [mailboxField, calendarField] as const;

/** Which event an operation works on. */
export const onEvent = [...inCalendar, eventField] as const;
