from views import page

v = page.visit()
page.bar(v)
page.head(v, "actions", v.w("site.nav.actions"), v.w("site.description"))
page.foot(v)
