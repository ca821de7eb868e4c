import { createInputBox, createPickList } from '../../ui/boxes';
import { pickSeveral } from '../../ui/pickSeveral';
import { ask, sayInStatusBar, showError, showInformation, showProgress, showWarning } from '../../ui/window';
import type { Ui } from './ui';

/** A real window. */
export const vscodeUi: Ui = {
  showInformation,
  showWarning,
  showError,
  ask,
  sayInStatusBar,
  showProgress,
  createInputBox,
  createPickList,
  pickSeveral,
};
