-- What a writer does in Neovim: sees a finding, mends a slip, and opens the evidence.
-- In: a project folder as working folder with `draft.md`. Out: exit 0, or 1 with what was missed.

local function wait(what, condition)
  if not vim.wait(20000, condition, 50) then error('waited in vain for ' .. what, 0) end
end

local function diagnostic(rule)
  for _, found in ipairs(vim.diagnostic.get(0)) do
    -- Neovim 0.7 keeps the code only among what the server sent.
    local sent = (found.user_data or {}).lsp or {}
    if found.source == 'factlint' and (found.code or sent.code) == rule then return found end
  end
end

local function cursor_to(found) vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col }) end

local function words(found)
  return vim.api.nvim_buf_get_text(0, found.lnum, found.col, found.end_lnum, found.end_col, {})[1]
end

local function expect(what, got, wanted)
  if got ~= wanted then error(('%s: %s, not %s'):format(what, vim.inspect(got), vim.inspect(wanted)), 0) end
end

-- Several places fill the quickfix list, and not every Neovim then jumps by itself.
local function shows_evidence()
  if #vim.fn.getqflist() > 0 then vim.cmd('silent! cfirst') end
  local name = vim.api.nvim_buf_get_name(0)
  return name:find('/archive/', 1, true) and vim.api.nvim_get_current_line():find('CNN', 1, true)
end

-- Takes the first fix offered, as the menu of code actions does, which cannot be answered without a person.
local function mend(found)
  local params = vim.lsp.util.make_given_range_params(
    { found.lnum + 1, found.col }, { found.end_lnum + 1, found.end_col }, 0, 'utf-16')
  local sent = { range = params.range, message = found.message, source = found.source, severity = found.severity }
  sent.code = found.code or found.user_data.lsp.code
  params.context = { diagnostics = { sent }, only = { 'quickfix' } }
  for id, reply in pairs(vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 20000) or {}) do
    for _, action in ipairs(reply.result or {}) do
      if action.edit then
        return vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(id).offset_encoding)
      end
    end
  end
  error('no fix is offered', 0)
end

local function run()
  require('factlint').setup({ path = vim.env.FACTLINT })
  vim.cmd('filetype on')
  vim.cmd('edit draft.md')

  wait('the findings', function() return diagnostic('office') and diagnostic('name') end)
  expect('the office found', words(diagnostic('office')), 'Prime Minister')
  expect('the name found', words(diagnostic('name')), 'CCN')

  local draft = vim.api.nvim_get_current_buf()
  cursor_to(diagnostic('name'))
  vim.lsp.buf.definition()
  wait('the evidence', shows_evidence)
  vim.cmd('buffer ' .. draft .. ' | only')

  mend(diagnostic('name'))
  local text = table.concat(vim.api.nvim_buf_get_lines(draft, 0, -1, false), '\n')
  expect('the slip is mended', text:find('Witkoff told CNN', 1, true) ~= nil, true)
  wait('the finding to go', function() return not diagnostic('name') and diagnostic('office') end)
end

local fine, problem = pcall(run)
if not fine then
  io.stderr:write('FAILED: ', tostring(problem), '\n', vim.inspect(vim.diagnostic.get(0)), '\n')
  vim.cmd('cquit 1')
end
io.stdout:write('neovim: findings, fix and evidence are fine\n')
vim.cmd('qall!')
