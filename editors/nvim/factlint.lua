-- Starts `factlint lsp` for drafts, packs and the configuration, by nothing but Neovim's own client.
-- In: a table of settings for `setup`. Out: a client attached to each such buffer.
-- Invariant: one server for each project; a missing binary is told once and stops nothing.

local M = {}

M.filetypes = { 'text', 'markdown', 'html', 'asciidoc', 'rst', 'toml' }

-- Neovim's names of two languages differ from those of the protocol.
local languages = { text = 'plaintext', rst = 'restructuredtext' }

local clients = {}

local function root_of(buffer)
  local start = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':p:h')
  for _, marker in ipairs({ 'factlint.toml', 'factlint.db' }) do
    local found = vim.fn.findfile(marker, vim.fn.escape(start, ' ;,') .. ';')
    if found ~= '' then return vim.fn.fnamemodify(found, ':p:h') end
  end
  return start
end

-- `vim.lsp.start` would do this, but Neovim has it only since 0.8.
local function attach(options, buffer)
  local root = root_of(buffer)
  clients[root] = clients[root] or vim.lsp.start_client({
    name = 'factlint',
    cmd = { options.path, 'lsp' },
    root_dir = root,
    init_options = { factlint = options.settings },
    settings = { factlint = options.settings },
    get_language_id = function(_, filetype) return languages[filetype] or filetype end,
    on_exit = function() clients[root] = nil end,
  })
  if clients[root] then vim.lsp.buf_attach_client(buffer, clients[root]) end
end

-- Runs a command of the server and gives its answer to `use`.
local function ask(command, arguments, use)
  local buffer = vim.api.nvim_get_current_buf()
  local params = { command = command, arguments = arguments }
  vim.lsp.buf_request(buffer, 'workspace/executeCommand', params, function(problem, answer)
    if problem then return vim.notify('factlint: ' .. problem.message, vim.log.levels.ERROR) end
    if use then use(answer) end
  end)
end

local function show_worksheet(markdown)
  if type(markdown) ~= 'string' then return end
  vim.cmd('new')
  vim.bo.buftype, vim.bo.bufhidden, vim.bo.filetype = 'nofile', 'wipe', 'markdown'
  vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(markdown, '\n'))
end

-- `options.path`: the binary. `options.settings`: date, inlayHints, only.
function M.setup(options)
  options = vim.tbl_deep_extend('force', { path = 'factlint', settings = { inlayHints = false } }, options or {})
  if vim.fn.executable(options.path) == 0 then
    local message = 'factlint: there is no binary "%s"; install it or give its path to setup'
    return vim.notify(message:format(options.path), vim.log.levels.WARN)
  end
  local group = vim.api.nvim_create_augroup('factlint', { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = M.filetypes,
    callback = function(event) attach(options, event.buf) end,
  })
  vim.api.nvim_create_user_command('FactlintLearn', function() ask('factlint.learn', {}) end, {})
  vim.api.nvim_create_user_command('FactlintClaims', function()
    ask('factlint.claims', { vim.uri_from_bufnr(0) }, show_worksheet)
  end, {})
end

return M
