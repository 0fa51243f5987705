import type { Resource } from '../../kit/resource';
import { availability } from './availability';
import { calendar } from './calendar';
import { event } from './event';
import { room } from './room';

export const resources: readonly Resource[] = [event, availability, calendar, room];
