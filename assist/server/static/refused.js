// SPDX-License-Identifier: EUPL-1.2
// On a page whose form was refused: the focus goes to what is wrong, so that it is read and seen first.

const wrong = document.querySelector("#main [role=alert]") ?? document.querySelector("#main .wrong, #main h1");
if (wrong) {
  wrong.tabIndex = -1;
  wrong.focus();
}
