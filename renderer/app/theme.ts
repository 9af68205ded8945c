import {
  ActionIcon,
  Button,
  createTheme,
  Input,
  Modal,
  Notification,
  NumberInput,
  Switch,
  Tooltip,
  Popover,
  Menu,
} from '@mantine/core';
import { words } from './words.ts';

/** Compact and quiet: small radii, thin borders, 28 px controls, the type sizes 12/13/14/16/20 and nothing between. */
export const theme = createTheme({
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: {
    xs: 'var(--t12)',
    sm: 'var(--t13)',
    md: 'var(--t14)',
    lg: 'var(--t16)',
    xl: 'var(--t20)',
  },
  lineHeights: {
    xs: 'var(--l16)',
    sm: 'var(--l20)',
    md: 'var(--l20)',
    lg: 'var(--l24)',
    xl: 'var(--l28)',
  },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '3px', md: '4px', lg: '6px', xl: '8px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  respectReducedMotion: true,
  focusRing: 'auto',
  colors: {
    accent: [
      '#eaf4fb',
      '#d3e7f5',
      '#a6cfea',
      '#7cbbe4',
      '#56a3d6',
      '#3a8fc9',
      '#1f78b4',
      '#0b66a3',
      '#085488',
      '#06426b',
    ],
    gray: [
      '#fafbfb',
      '#f0f3f5',
      '#e4e7ea',
      '#d6dbdf',
      '#cdd3d8',
      '#8f989f',
      '#626d76',
      '#4b545c',
      '#2f363c',
      '#1b2126',
    ],
    dark: [
      '#e3e7ea',
      '#b9c0c6',
      '#a3adb5',
      '#78828a',
      '#434b53',
      '#2b3137',
      '#1f2428',
      '#15181b',
      '#111315',
      '#0c0e0f',
    ],
  },
  components: {
    Button: Button.extend({
      defaultProps: { size: 'xs', variant: 'default' },
      vars: () => ({
        root: {
          '--button-height': 'var(--control)',
          '--button-padding-x': '10px',
          '--button-fz': 'var(--t13)',
        },
      }),
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', color: 'gray' },
      vars: () => ({ root: { '--ai-size': 'var(--control)' } }),
    }),
    Input: Input.extend({
      vars: () => ({
        wrapper: { '--input-height': 'var(--control)', '--input-fz': 'var(--t13)', '--input-padding': '8px' },
      }),
    }),
    InputWrapper: {
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    },
    NumberInput: NumberInput.extend({ defaultProps: { hideControls: true } }),
    Switch: Switch.extend({ defaultProps: { size: 'xs', withThumbIndicator: false } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 300, transitionProps: { duration: 80 }, multiline: true, maw: 320 },
    }),
    Popover: Popover.extend({
      defaultProps: { transitionProps: { duration: 80 }, shadow: 'none', withinPortal: true },
    }),
    Menu: Menu.extend({ defaultProps: { transitionProps: { duration: 80 }, shadow: 'none' } }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': words.close } },
    }),
    Modal: Modal.extend({
      defaultProps: {
        transitionProps: { duration: 80 },
        overlayProps: { backgroundOpacity: 0.35 },
        closeButtonProps: { 'aria-label': words.close },
        // A dialog's head is not the banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
    }),
  },
});
